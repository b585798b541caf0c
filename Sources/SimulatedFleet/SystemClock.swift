import Glibc
import Execution
package import VolumeActivation

/// The machine's own clocks: wall-clock time, and a monotonic clock that goes on during sleep.
package struct SystemClock: WallClock {
  private let start = ContinuousClock.now

  package init() {}

  package func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(rawValue: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  package func monotonic() -> Milliseconds {
    let span = (ContinuousClock.now - start).components
    return Milliseconds(rawValue: span.seconds * 1000 + span.attoseconds / 1_000_000_000_000_000)
  }

  package func sleep(for span: Milliseconds) async throws {
    try await ContinuousClock().sleep(for: .milliseconds(span.rawValue))
  }
}
