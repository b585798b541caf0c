import VolumeActivation

/// A run's own time: the wall clock's, but that it neither jumps nor stands still.
///
/// Deadlines and pauses are told by it: a wall clock that is set forward brings none of them nearer,
/// and one that is set back puts none of them off.
struct RunTime {
  /// What a wall clock may differ before it has jumped: time servers move it by less.
  private static let tolerance = Milliseconds.minutes(1)

  private let clock: any WallClock
  /// How far it is ahead of the wall clock.
  private(set) var lead: Milliseconds
  /// Wall time less monotonic time when they were last compared.
  private var drift: Milliseconds

  /// Goes on from the last instant of the run, also where the wall clock is behind that.
  init(_ clock: any WallClock, after last: Timestamp) {
    self.clock = clock
    lead = max(.zero, last - clock.now())
    drift = Self.drift(of: clock)
  }

  var now: Timestamp {
    clock.now() + (lead - (jump ?? .zero))
  }

  /// By how much the wall clock jumped since this was last asked, which it may keep; nil when it did
  /// not.
  mutating func takeJump() -> Milliseconds? {
    guard let jump else { return nil }
    drift = drift + jump
    lead = lead - jump
    return jump
  }

  private var jump: Milliseconds? {
    let jump = Self.drift(of: clock) - drift
    return abs(jump.rawValue) > Self.tolerance.rawValue ? jump : nil
  }

  private static func drift(of clock: any WallClock) -> Milliseconds {
    Milliseconds(rawValue: clock.now().rawValue - clock.monotonic().rawValue)
  }
}
