package import Planning

/// What a decision asks of the world once it is durable.
package enum Effect: Hashable, Sendable {
  /// Send this step to the host; the answer comes back as `answered` with the same attempt.
  case perform(HostID, Step, attempt: UInt32)
}

extension Event {
  /// What is to be sent once this event is durable; nil for most.
  package var effect: Effect? {
    guard case .intended(let host, let step, let attempt) = what else { return nil }
    return .perform(host, step, attempt: attempt)
  }
}
