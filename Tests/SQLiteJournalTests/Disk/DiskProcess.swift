import Engine
import Execution
import GRDB
import Planning
import SQLiteJournal
import VolumeActivation

/// One process that has a run's databases open.
actor DiskProcess {
  private let recorded: RecordedJournal
  private let files: RunFiles
  private var journal: SQLiteJournal?
  private var inbox: SQLiteInbox?
  private var estate: SQLiteEstate?

  static let now = Timestamp(rawValue: 1_764_000_000_000)

  init(_ recorded: RecordedJournal, in folder: String) {
    self.recorded = recorded
    files = RunFiles(plan: folder + "/plan.jsonl")
  }

  /// Takes one step of a script; what it changes is durable when this returns.
  func perform(_ step: DiskScript.Step) async throws {
    let plan = recorded.plan
    switch step {
    case .openEstate: estate = try SQLiteEstate(path: DiskState.estate(in: files))
    case .claim: try await estate?.claim(claim, at: Self.now)
    case .openJournal: journal = try Self.open(files, plan: plan)
    case .openInbox: inbox = try SQLiteInbox(files: files, plan: plan.digest)
    case .send(let number):
      let command = Command(id: CommandID(rawValue: "said-\(number)"), verb: .hold)
      try inbox?.send(command, author: "somebody", at: Self.now)
    case .commit(let number): try await journal?.commit(recorded.batches[number])
    case .spend(let number):
      var purse = claim.purses[0]
      (purse.held, purse.spent) = (purse.held - 1, number)
      try await estate?.note([purse], of: plan.digest, at: Self.now + .minutes(Int64(number)))
    case .moveLog(let mode):
      try await DatabaseQueue(path: files.journal).writeWithoutTransaction { db in
        _ = try db.checkpoint(mode)
      }
    case .read: _ = try JournalReader(files: files, plan: plan.digest).load()
    case .closeJournal: await closeJournal(.held)
    case .release: try await estate?.release(plan.digest, keeping: Array(claim.hosts.prefix(2)))
    }
  }

  /// Ends in order, whatever can still be written.
  func end() async {
    await closeJournal(.failed)
    (inbox, estate) = (nil, nil)
  }

  private func closeJournal(_ ending: JournalEnding) async {
    await journal?.close(ending)
    journal = nil
  }

  private var claim: EstateClaim {
    let mak = recorded.plan.header.maks[0]
    return EstateClaim(
      planFile: "plan.jsonl", plan: recorded.plan.digest, asOf: Self.now,
      hosts: recorded.plan.hosts.map(\.name),
      purses: [
        EstateClaim.Purse(mak: mak.endsWith, left: mak.activationsLeft, held: mak.peak, spent: 0)
      ])
  }

  static func open(
    _ files: RunFiles, plan: Plan, adopt: Bool = false
  ) throws -> SQLiteJournal {
    let owner = RunOwner(
      machine: "here", process: 1, user: "tester", version: "test", since: now)
    return try SQLiteJournal(files: files, plan: plan, owner: owner, adopt: adopt, at: now)
  }
}
