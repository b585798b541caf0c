import Synchronization
import VolumeActivation

/// What came to a door since it was opened.
package struct DoorTotals: Hashable, Sendable {
  package internal(set) var connections = 0
  /// Messages of clients that were let in; handshakes are not counted.
  package internal(set) var messages = 0
}

/// Counts what comes to a door.
final class Visits: Sendable {
  private struct State {
    var totals = DoorTotals()
    var messages: [HostName: Int] = [:]
  }

  private let state = Mutex(State())

  var totals: DoorTotals { state.withLock { $0.totals } }

  func connect() {
    state.withLock { $0.totals.connections += 1 }
  }

  /// Which message of this host it is, counted from 1.
  func message(to host: HostName) -> Int {
    state.withLock { state in
      state.totals.messages += 1
      state.messages[host, default: 0] += 1
      return state.messages[host, default: 0]
    }
  }
}
