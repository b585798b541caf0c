package import VolumeActivation

/// What a run knows of one KMS host.
package struct KMSKnowledge: Hashable, Sendable {
  /// The last reading; nil before the first.
  package var reading: KMSReading?
  package var readAt: Timestamp?
  /// How many readings there have been; the number of the last one.
  package var readings: UInt32 = 0
  /// Readings in a row that got no answer.
  package var silences = 0
  /// When the last reading was tried without success.
  package var silentAt: Timestamp?
  /// Hosts changed after the last reading that have since had a definite answer.
  package var countedSince = 0
  /// Distinct hosts known to have been counted since it last started.
  package var known = 0
  /// Whether its memory is known to be large: its count was above that of servers
  /// alone, or a client was counted.
  package var largeMemory = false
  /// `a`: counted in this run after a change.
  package var counted = 0
  /// `f`: finally not counted in this run after a change, on proven paths.
  package var failed = 0
  /// The number of the reading that showed a restart: who asked before it is to ask again.
  package var fell: UInt32 = 0
  /// Since when the guard has refused in the middle of a wave.
  package var refusedSince: Timestamp?
  /// When a host of it last answered or was last looked at: a reading before that is not newer.
  package var stirredAt: Timestamp?

  package init() {}

  /// The count that is certain: the reading, and who was unchanged then and has been counted since.
  package func count(under thresholds: Thresholds) -> Int? {
    guard let reading, let count = reading.count else { return nil }
    return max(Int(count), min(Int(count) + countedSince, capacity(under: thresholds)))
  }

  /// How many machines its memory is known to hold.
  func capacity(under thresholds: Thresholds) -> Int {
    largeMemory ? thresholds.largeMemory : thresholds.smallMemory
  }
}
