/// One POST to one host.
///
/// Its body is read once and cannot be rewound: libcurl repeats a POST by itself when a kept
/// connection closes without an answer, and a body that cannot be sent twice makes that fail.
package struct HTTPRequest: Sendable {
  /// The path, such as `/wsman`.
  package var path: String
  package var headers: [HTTPField]
  package var body: [UInt8]
  /// Whether it must go over the connection that is there: what was authenticated, or sealed, for
  /// one is worthless on another.
  package var needsConnection: Bool
  package var limits: Limits

  package init(
    path: String, headers: [HTTPField] = [], body: [UInt8] = [], needsConnection: Bool = false,
    limits: Limits = Limits()
  ) {
    self.path = path
    self.headers = headers
    self.body = body
    self.needsConnection = needsConnection
    self.limits = limits
  }

  /// How long each part may take, and how much may come back.
  package struct Limits: Hashable, Sendable {
    /// Name look-up, TCP and TLS together.
    package var connect: Duration
    /// The whole exchange.
    package var total: Duration
    /// How long nothing at all may come or go.
    package var silence: Duration
    /// Octets of a reply's body, after which the transfer is given up.
    package var replyBytes: Int

    package init(
      connect: Duration = .seconds(15), total: Duration = .seconds(75),
      silence: Duration = .seconds(70), replyBytes: Int = 1 << 20
    ) {
      self.connect = connect
      self.total = total
      self.silence = silence
      self.replyBytes = replyBytes
    }
  }
}
