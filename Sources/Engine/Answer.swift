/// What an outcome means for the step that it answers.
package enum Answer: UInt8, CaseIterable, Hashable, Sendable {
  /// Executed.
  case done
  /// The KMS host counted the request, and its count is below the threshold (0xC004F038).
  case counted
  /// Refused for the moment, and proven not executed.
  case again
  /// Refused for good, and proven not executed.
  case never
  /// It may have been executed: lost, timed out, not the product it was thought to be, or a MAK
  /// activation refused in words that do not prove it unspent.
  case doubtful
}
