/// Whose turn it is after a refusal.
package enum Turn: UInt8, CaseIterable, Hashable, Sendable {
  /// Ours: proven not executed, and a later try can succeed by itself.
  case retry
  /// The fleet's: the request was counted, and the count is still below the threshold.
  case waitForCount
  /// Ours, by looking: whether it was executed, or whether the host is quiet, is not known.
  case look
  /// An operator's: this host gets no further by itself.
  case holdHost
  /// An operator's: other hosts of the wave would fail alike.
  case holdWave
  /// An operator's: no host may be begun until it is cured.
  case holdRun
}
