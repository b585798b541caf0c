/// A request of WS-Management other than Identify, without the connection that carries it.
package struct Request: Hashable, Sendable {
  /// The URL that it is sent to, for `To`.
  package var endpoint: String
  package var message: MessageID
  /// How long the host may work on it before it answers that the time is over, which leaves
  /// open whether it was done.
  package var timeout: CIMInterval
  /// How large the reply may be, in octets.
  package var maximumEnvelope: Int
  package var operation: Operation

  package init(
    _ operation: Operation, endpoint: String, message: MessageID = .random(),
    timeout: CIMInterval = .seconds(60), maximumEnvelope: Int = Self.safeEnvelope
  ) {
    self.endpoint = endpoint
    self.message = message
    self.timeout = timeout
    self.maximumEnvelope = maximumEnvelope
    self.operation = operation
  }

  /// The largest envelope of the oldest hosts: 150 KiB.
  package static let safeEnvelope = 153_600
}
