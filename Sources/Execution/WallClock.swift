package import VolumeActivation

/// Tells wall-clock time and waits; the one source of time in a run, real or virtual.
package protocol WallClock: Sendable {
  /// Now, in wall-clock time.
  func now() -> Timestamp

  /// Monotonic time since an arbitrary start, to notice a wall clock that jumps.
  func monotonic() -> Milliseconds

  /// Returns when `deadline` has come on the monotonic clock; throws when cancelled.
  func sleep(for span: Milliseconds) async throws
}
