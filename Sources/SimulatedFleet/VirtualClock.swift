import Execution
import Synchronization
package import VolumeActivation

/// A clock whose time jumps to the next deadline when nobody has anything left to do.
///
/// Sleepers wake in the order of their deadlines, and those of one instant in the order in which
/// they lay down. Together with `VirtualExecutor` nothing sleeps for real, and the order of
/// everything follows from the program.
package final class VirtualClock: WallClock {
  private struct Sleeper {
    var deadline: Int64
    var number: UInt64
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Int64
    var wall: Int64
    var lastNumber: UInt64 = 0
    var sleepers: [Sleeper] = []
    var cancelled: Set<UInt64> = []
  }

  private let state: Mutex<State>

  package init(startingAt start: Timestamp) {
    state = Mutex(State(now: 0, wall: start.rawValue))
  }

  package func now() -> Timestamp {
    state.withLock { Timestamp(rawValue: $0.wall + $0.now) }
  }

  package func monotonic() -> Milliseconds {
    state.withLock { Milliseconds(rawValue: $0.now) }
  }

  /// Moves the wall clock alone, as a person or a time server may.
  package func setBack(by span: Milliseconds) {
    state.withLock { $0.wall -= span.rawValue }
  }

  package func sleep(for span: Milliseconds) async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          if state.cancelled.remove(number) != nil { return true }
          let deadline = state.now + max(0, span.rawValue)
          let place = state.sleepers.firstIndex { $0.deadline <= deadline } ?? state.sleepers.count
          state.sleepers.insert(
            Sleeper(deadline: deadline, number: number, continuation: continuation), at: place)
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { state -> Sleeper? in
        guard let place = state.sleepers.firstIndex(where: { $0.number == number }) else {
          state.cancelled.insert(number)
          return nil
        }
        return state.sleepers.remove(at: place)
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
    _ = state.withLock { $0.cancelled.remove(number) }
  }

  /// Jumps to the next deadline and wakes its sleeper; false when nobody sleeps.
  @discardableResult
  package func advance() -> Bool {
    let sleeper = state.withLock { state -> Sleeper? in
      // The last one is due first: later deadlines stand before earlier ones.
      guard let sleeper = state.sleepers.popLast() else { return nil }
      state.now = max(state.now, sleeper.deadline)
      return sleeper
    }
    sleeper?.continuation.resume()
    return sleeper != nil
  }
}
