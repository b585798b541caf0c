import Engine
import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// The journal of any run, played through the engine alone, yields the same decisions in the same
/// order, and the rows that stand beside it.
@Suite struct TraceConformanceTests {
  @Test(arguments: UInt64(0)..<300)
  func `a journal, played again, makes the same decisions and the same rows`(
    seed: UInt64
  ) throws {
    var run = try TroubledRun(seed: seed)
    try run.run()
    let check = try run.world.check()
    #expect(check.strayDecision == nil, "\(run.world.journal.around(check.strayDecision))")
    #expect(check.differing.isEmpty)
    #expect(check.runAgrees)
    #expect(check.events > 20, "next to nothing happened")
  }

  @Test(arguments: UInt64(0)..<20)
  func `a decision that the engine did not make is found`(seed: UInt64) throws {
    let world = World(try RunFixture.plan(clients: 30, more: 10), seed: seed)
    _ = try world.run()
    var events = world.journal.allEvents
    // The same intents, but two neighbours in the other order.
    let places = events.indices.dropLast().filter {
      events[$0].kind == .intended && events[$0 + 1].kind == .intended
    }
    let place = try #require(places.dropFirst(Int(seed) % places.count).first)
    events.swapAt(place, place + 1)
    events[place].sequence -= 1
    events[place + 1].sequence += 1
    let planted = PlantedJournal(events: events, beside: world.journal)
    let plan = world.plan
    let check = try world.inVirtualTime { try await JournalCheck(of: planted, plan: plan) }
    #expect(check.strayDecision == events[place].sequence)
    #expect(!check.isSound)
  }
}

/// A journal whose events were tampered with.
private struct PlantedJournal: JournalReading {
  var events: [StoredEvent]
  var beside: MemoryJournal

  func load() async throws(JournalError) -> JournalContents { try await beside.load() }

  func checkpoint(of host: HostID) async throws(JournalError) -> HostState? {
    try await beside.checkpoint(of: host)
  }

  func events(
    after sequence: Int64, limit: Int
  ) async throws(JournalError) -> [StoredEvent] {
    Array(events.dropFirst(Int(sequence)).prefix(limit))
  }

  func reply(to command: CommandID) async throws(JournalError) -> Reply? {
    try await beside.reply(to: command)
  }
}

extension MemoryJournal {
  /// The events about a place in the journal, to be read by whoever looks for a fault.
  fileprivate func around(_ sequence: Int64?) -> [StoredEvent] {
    guard let sequence else { return [] }
    return allEvents.filter { abs($0.sequence - sequence) <= 8 }
  }
}
