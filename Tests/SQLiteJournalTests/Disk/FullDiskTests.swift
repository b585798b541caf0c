import Engine
import Execution
import FaultyDisk
import Planning
import SQLiteJournal
import SimulatedFleet
import Synchronization
import Testing
import VolumeActivation

/// A run whose disk fills up: it holds, says so, and goes on when there is room.
@Suite struct FullDiskTests {
  /// Counts the changes that are sent while the run knows that it cannot write.
  private final class Witness: LicensingClient {
    private let client: SimulatedClient
    private let journal: WaitingJournal
    private let sentUnwritten = Mutex(0)

    init(_ client: SimulatedClient, journal: WaitingJournal) {
      self.client = client
      self.journal = journal
    }

    var breaches: Int { sentUnwritten.withLock { $0 } }

    func inspect(_ host: HostName) async throws(LicensingFailure) -> HostState {
      try await client.inspect(host)
    }

    func readKMSHost(_ host: KMSAddress) async throws(LicensingFailure) -> KMSHostState {
      try await client.readKMSHost(host)
    }

    func perform(_ action: LicensingAction, on host: HostName) async throws(LicensingFailure) {
      if journal.isFull { sentUnwritten.withLock { $0 += 1 } }
      try await client.perform(action, on: host)
    }
  }

  private static let approval = Command(
    id: CommandID(rawValue: "approval"), verb: .approve(WaveID(rawValue: 0)))

  @Test(arguments: Array(stride(from: 1, to: 40, by: 3)), [0, 1 << 20])
  func `nothing is sent while the disk is full, and the run goes on when there is room`(
    commit: Int, reserve: Int
  ) throws {
    let place = try TemporaryJournal(of: "0.1.0")
    defer { place.remove() }
    let plan = place.plan
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let files = RunFiles(plan: disk.folder + "/plan.jsonl")
    let journal = WaitingJournal(
      try DiskProcess.open(files, plan: plan), files: files, on: disk, fullBefore: commit,
      reserve: reserve)
    let clock = VirtualClock(startingAt: plan.header.asOf)
    let fleet = MemoryFleet(SimulatedFleet(plan: plan, seed: UInt64(commit), faults: .none))
    let client = Witness(SimulatedClient(fleet, clock: clock), journal: journal)
    var options = RunOptions()
    options.heartbeat = nil
    let ports = RunPorts(
      client: client, journal: journal, clock: clock,
      keys: RunKeys(maks: [MAKID(rawValue: 0): try ProductKey("BBBBB-CCCCC-DDDDD-FFFFF-B7B7B")]))
    let executor = try Executor(plan: plan, ports: ports, options: options)
    let outcome = VirtualExecutor(clock: clock).run { () async -> Result<RunReport, any Error> in
      do { return .success(try await executor.run([Self.approval])) } catch {
        return .failure(error)
      }
    }
    let report = try #require(outcome, "it waits for something that never comes").get()
    #expect(report.ending == .finished)
    #expect(report.hosts.allSatisfy { $0.phase == .licensed })
    #expect(journal.refusals > 0)
    #expect(client.breaches == 0)
    // Without a reserve the hold could not be written before there was room, when it was over.
    try expectHolds(reserve > 0 ? 1 : 0, of: plan, in: files)
  }

  /// The journal says why everything stood still, for as long as it did, and agrees with itself.
  private func expectHolds(_ count: Int, of plan: Plan, in files: RunFiles) throws {
    let reader = try JournalReader(files: files, plan: plan.digest)
    let events = try reader.events(after: 0, limit: .max).map { try $0.event() }
    let raised = events.compactMap { event -> HoldID? in
      guard case .held(let hold) = event.what, hold.reason == .journalUnwritable else { return nil }
      return hold.id
    }
    #expect(raised.count == count)
    for hold in raised { #expect(events.contains { $0.what == .released(hold) }) }
    var engine = Engine(plan: plan)
    for event in events { engine.apply(event) }
    let contents = try reader.load()
    #expect(contents.hosts == engine.hosts && contents.run == engine.run)
  }
}
