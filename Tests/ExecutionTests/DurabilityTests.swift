import Engine
import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// Intent before effect, and one commit for all that waits.
@Suite struct DurabilityTests {
  /// A world whose journal is slow and whose client looks whether each intent is durable.
  private struct Bench {
    let world: World
    let journal: SlowJournal
    let client: WitnessingClient

    init(seed: UInt64 = 1, faults: FaultProfile = .none, delay: Milliseconds) throws {
      world = World(
        try RunFixture.plan(clients: 30, more: 40) { $0.concurrency = 24 }, seed: seed,
        faults: faults)
      journal = SlowJournal(world.journal, clock: world.clock, delay: delay)
      client = WitnessingClient(
        SimulatedClient(world.fleet, clock: world.clock), journal: world.journal, plan: world.plan)
    }

    func run() throws -> RunReport {
      var ports = try world.ports(journal: journal)
      ports.client = client
      return try world.run(ports: ports)
    }
  }

  @Test(arguments: [Milliseconds.zero, .seconds(1), .seconds(20)])
  func `nothing is sent before its intent is durable, however slow the journal is`(
    delay: Milliseconds
  ) throws {
    let bench = try Bench(delay: delay)
    #expect(try bench.run().ending == .finished)
    #expect(bench.client.breaches.isEmpty)
    #expect(bench.client.changes >= 3 * 70)
    #expect(try bench.world.check().isSound)
  }

  @Test func `one commit serves many hosts when the journal is slow`() throws {
    let bench = try Bench(delay: .seconds(20))
    _ = try bench.run()
    let hosts = bench.journal.hostsOfCommits
    #expect(hosts.max() ?? 0 >= 12, "\(hosts)")
    #expect(hosts.count * 3 < bench.world.journal.allEvents.count)
  }

  @Test(arguments: 0..<40)
  func `nothing is sent while the disk is full, and the run goes on when there is room`(
    commits: Int
  ) throws {
    let bench = try Bench(seed: UInt64(commits), delay: .seconds(1))
    bench.world.journal.fail(after: 3 * commits, with: .full)
    #expect(try bench.run().ending == .finished)
    #expect(bench.client.breaches.isEmpty)
    #expect(try bench.world.licensed() == 70)
    #expect(try bench.world.check().isSound)
  }

  @Test(arguments: 0..<40)
  func `a journal that fails ends the run, and nothing is sent that the next one does not know`(
    commits: Int
  ) throws {
    let bench = try Bench(seed: UInt64(commits), delay: .seconds(1))
    bench.world.journal.fail(after: 3 * commits, with: .failed("the disk is gone"))
    #expect(throws: JournalError.self) { try bench.run() }
    bench.world.journal.reopen()
    #expect(try bench.run().ending == .finished)
    #expect(bench.client.breaches.isEmpty)
    #expect(try bench.world.licensed() == 70)
    #expect(try bench.world.check().isSound)
  }
}
