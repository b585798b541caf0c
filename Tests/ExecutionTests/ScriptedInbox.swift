import Engine
import Execution
import SimulatedFleet
import VolumeActivation

/// What people say in the course of a run, each at its instant. Like the real inbox it is looked at
/// every 200 ms and forgets nothing, so the next process finds everything again.
actor ScriptedInbox: Inbox {
  struct Line: Sendable {
    var at: Timestamp
    var command: Command

    init(_ at: Timestamp, _ verb: Command.Verb, id: String) {
      self.at = at
      command = Command(id: CommandID(rawValue: id), verb: verb)
    }
  }

  private let clock: VirtualClock
  private var lines: [Line]

  /// - Parameter lines: In the order of their instants.
  init(_ lines: [Line], clock: VirtualClock) {
    self.lines = lines
    self.clock = clock
  }

  func next() async throws -> [Command] {
    while true {
      try await clock.sleep(for: Milliseconds(rawValue: 200))
      let due = rest()
      if !due.isEmpty { return due }
      guard let next = lines.first else {
        try await clock.sleep(for: .days(3650))
        continue
      }
      try await clock.sleep(for: next.at - clock.now())
    }
  }

  func rest() -> [Command] {
    let due = lines.prefix { $0.at <= clock.now() }
    lines.removeFirst(due.count)
    return due.map(\.command)
  }
}
