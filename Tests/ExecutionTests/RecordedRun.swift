import Engine
import Execution
import Planning

/// The events of a run in batches, and what the engine makes of them after each.
struct RecordedRun: Sendable {
  let plan: Plan
  let batches: [JournalBatch]
  /// The run and its hosts by the number of the last event.
  let states: [Int64: Engine]

  init(_ world: World, batchesOf size: Int) throws {
    plan = world.plan
    var engine = Engine(plan: plan)
    var batches: [JournalBatch] = []
    var states: [Int64: Engine] = [0: engine]
    let events = try world.journal.allEvents.map { try $0.event() }
    for start in stride(from: 0, to: events.count, by: size) {
      let before = engine.hosts
      let part = Array(events[start..<min(start + size, events.count)])
      for event in part { engine.apply(event) }
      let rows = engine.hosts.indices.filter { engine.hosts[$0] != before[$0] }.map {
        HostRow(id: HostID(rawValue: UInt32($0)), state: engine.hosts[$0])
      }
      batches.append(JournalBatch(events: part, hosts: rows, run: engine.run))
      states[Int64(start + part.count)] = engine
    }
    self.batches = batches
    self.states = states
  }
}
