/// What a host answered to one request.
package struct HTTPReply: Sendable {
  package var status: Int
  /// In the order in which they came, of the last response: interim ones are left out.
  package var fields: [HTTPField]
  package var body: [UInt8]
  /// Whether a connection was made for it, so that nobody is authenticated on it.
  package var isOnNewConnection: Bool
  /// The server's own certificate in DER form; nil over plain HTTP and on a kept connection.
  package var certificate: [UInt8]?
}

extension HTTPReply {
  /// The values of a field, whatever the case of its name.
  package func values(of name: String) -> [String] {
    fields.filter { $0.isNamed(name) }.map(\.value)
  }
}
