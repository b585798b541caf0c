import Engine
import Execution
import Foundation
import Planning
import SQLiteJournal
import SimulatedFleet
import VolumeActivation

/// A run seen from another terminal: it is told things through its inbox, and its answers stand in
/// its journal.
struct RunDoor {
  let plan: Plan
  let files: RunFiles

  /// Reads the plan; throws when it is damaged.
  // Inlined into a command's `run`, it crashes the optimiser of Swift 6.3.1.
  @inline(never)
  init(_ path: String) throws {
    plan = try PlanFile.read(path)
    files = RunFiles(plan: path)
  }

  /// Who runs the plan now; nil when nobody does.
  var owner: RunOwner? { RunLock.holder(of: files.lock) }

  func status() throws -> RunStatus {
    let contents = try JournalReader(files: files, plan: plan.digest).load()
    return RunStatus(
      plan: plan, file: files.plan, hosts: contents.hosts,
      run: contents.run, owner: owner)
  }

  /// The holds that are open now; throws when the plan was never applied.
  func openHolds() throws -> [HoldID] {
    let contents = try JournalReader(files: files, plan: plan.digest).load()
    return contents.run.holds.map(\.id)
  }

  /// What releases the holds that are open now; nil when none is.
  func release() throws -> Command.Verb? {
    let holds = try openHolds()
    return holds.isEmpty ? nil : .resume(holds)
  }

  /// Tells the run something, waits for its answer and prints it.
  func say(_ verb: Command.Verb, json: Bool) async throws {
    let journal = try JournalReader(files: files, plan: plan.digest)
    let command = Command(id: CommandID(rawValue: UUID().uuidString), verb: verb)
    let clock = SystemClock()
    try SQLiteInbox(files: files, plan: plan.digest).send(
      command, author: RunOwner.current(version: Muster.version, at: clock.now()).description,
      at: clock.now())
    let reply = try await answer(to: command.id, in: journal)
    let text = ReplyText(plan: plan)
    if json {
      try Console.printJSON(text.answer(verb, reply))
    } else if let reply {
      Console.print(Paragraph(text.line(reply)).text)
    } else {
      let text =
        "Nobody runs \(files.plan) now: it is obeyed as soon as `muster apply \(files.plan)` goes on."
      Console.print(Paragraph(text).text)
    }
    if case .refused(let refusal)? = reply { throw text.status(refusal).ending }
  }

  /// The run's answer; nil when nobody runs the plan.
  private func answer(to command: CommandID, in journal: JournalReader) async throws -> Reply? {
    while owner != nil {
      if let reply = try journal.reply(to: command) { return reply }
      try await Task.sleep(for: .milliseconds(50))
    }
    // Whoever held the lock has had its chance to answer.
    return try journal.reply(to: command)
  }
}

extension RunDoor {
  /// The wave with this number, counted from 1.
  func wave(_ number: Int) throws -> WaveID {
    guard let place = plan.waves.firstIndex(where: { $0.number == number }) else {
      throw Problem(
        .error, "\(files.plan) has no wave \(number); its waves are 1 to \(plan.waves.count).")
    }
    return WaveID(rawValue: UInt16(place))
  }

  /// The hosts with these names, in the order in which they are given.
  func hosts(_ names: [String]) throws -> [HostID] {
    let places = Dictionary(
      uniqueKeysWithValues: plan.hosts.enumerated().map { ($1.name, HostID(rawValue: UInt32($0))) })
    return try names.map { text in
      guard let name = HostName(text), let host = places[name] else {
        let leftOut = plan.leftOut.first { HostName($0.name) == HostName(text) }
        throw Problem(
          .error,
          leftOut.map { "\(text) is left out of \(files.plan): \($0.verdict.words)." }
            ?? "\(text) is not in \(files.plan); names are whole, as `muster show --json` lists them."
        )
      }
      return host
    }
  }
}
