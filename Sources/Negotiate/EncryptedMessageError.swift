/// Why a body is no frame with a sealed message.
package enum EncryptedMessageError: Error, Hashable {
  /// The header is not `multipart/encrypted`: the body is not sealed.
  case notEncrypted
  /// A scheme that is not spoken here, CredSSP for one; empty when none is named.
  case unknownScheme(String)
  case noLength
  /// The lengths and the octets do not agree.
  case wrongLength
  case malformed
}

extension EncryptedMessageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notEncrypted: "the message is not sealed, so nobody vouches for it"
    case .unknownScheme(""): "the sealed message does not say by what scheme it is sealed"
    case .unknownScheme(let scheme): "the message is sealed by an unknown scheme (\(scheme))"
    case .noLength: "the sealed message does not say how long it is"
    case .wrongLength: "the sealed message is not as long as it says"
    case .malformed: "the frame of the sealed message cannot be read"
    }
  }
}
