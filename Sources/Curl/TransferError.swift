/// Why a request got no reply, and what that proves.
package enum TransferError: Error, Hashable {
  /// Nothing of the request was sent: no address, no connection, no TLS.
  case unreachable(String)
  /// The connection that the request needs is gone; nothing of the request was sent.
  case connectionGone
  /// Something was sent and no whole reply came: it may have been executed.
  case lost(String)
  /// The reply grew beyond its bound and was given up: the request was executed.
  case replyTooLarge(bytes: Int)
}

extension TransferError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let why): why
    case .connectionGone: "the connection was closed before the request was sent"
    case .lost(let why): "no whole reply came: \(why)"
    case .replyTooLarge(let bytes): "the reply is larger than \(bytes) octets"
    }
  }
}
