import Execution
import SimulatedFleet
import VolumeActivation

/// A virtual clock whose wall time jumps once, at an instant of its monotonic time.
struct JumpingClock: WallClock {
  let clock: VirtualClock
  let jump: Milliseconds
  let moment: Milliseconds

  func now() -> Timestamp { clock.now() + (clock.monotonic() < moment ? .zero : jump) }

  func monotonic() -> Milliseconds { clock.monotonic() }

  func sleep(for span: Milliseconds) async throws { try await clock.sleep(for: span) }
}
