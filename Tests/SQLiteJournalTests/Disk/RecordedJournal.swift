import Engine
import Execution
import Planning
import SQLiteJournal
import VolumeActivation

/// What a released version wrote into a journal, as the batches that this one would write.
struct RecordedJournal: Sendable {
  let plan: Plan
  let batches: [JournalBatch]
  /// The run and its hosts by the number of the last event.
  let states: [Int64: Engine]

  /// - Parameter count: About how many batches there shall be.
  init(_ place: TemporaryJournal, batches count: Int) throws {
    let reader = try place.reader()
    let events = try reader.events(after: 0, limit: .max).map { try $0.event() }
    plan = place.plan
    var engine = Engine(plan: plan)
    var batches: [JournalBatch] = []
    var states: [Int64: Engine] = [0: engine]
    let size = (events.count + count - 1) / count
    for start in stride(from: 0, to: events.count, by: size) {
      let before = engine.hosts
      let part = Array(events[start..<min(start + size, events.count)])
      for event in part { engine.apply(event) }
      batches.append(
        JournalBatch(
          events: part,
          hosts: engine.hosts.indices.filter { engine.hosts[$0] != before[$0] }.map {
            HostRow(id: HostID(rawValue: UInt32($0)), state: engine.hosts[$0])
          },
          checkpoints: try Self.begun(by: part).compactMap { host in
            try reader.checkpoint(of: host).map { Checkpoint(host: host, state: $0) }
          },
          run: engine.run,
          answers: try Self.commands(in: part).compactMap { command in
            try reader.reply(to: command).map { CommandAnswer(command: command, reply: $0) }
          }))
      states[Int64(start + part.count)] = engine
    }
    self.batches = batches
    self.states = states
  }

  /// The number of the last event of all.
  var lastSequence: Int64 { Int64(batches.reduce(0) { $0 + $1.events.count }) }

  /// The batch that follows an event; nil after the last.
  func batch(after sequence: Int64) -> JournalBatch? {
    var end: Int64 = 0
    return batches.first {
      end += Int64($0.events.count)
      return end > sequence
    }
  }

  private static func begun(by events: [Event]) -> [HostID] {
    events.compactMap { if case .intended(let host, _, _) = $0.what { host } else { nil } }
  }

  private static func commands(in events: [Event]) -> [CommandID] {
    events.compactMap { if case .commanded(let command) = $0.what { command.id } else { nil } }
  }
}
