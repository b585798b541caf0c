package import Engine

/// What people ask of a run from other terminals.
package protocol Inbox: Sendable {
  /// Returns when there are commands that were not returned before, oldest first.
  ///
  /// Throws when the task is cancelled, or the inbox cannot be read.
  func next() async throws -> [Command]

  /// The commands that were left until now and not returned before, oldest first; none is an answer
  /// too.
  ///
  /// A run asks once more before it ends by itself.
  func rest() async throws -> [Command]
}
