import NIOHTTP1
import Negotiate
import WSMan

extension DoorConnection {
  static let soap = "application/soap+xml;charset=UTF-8"

  /// A message without its seal.
  struct Opened {
    var text: [UInt8]
    /// How it was sealed, and how its answer will be; nil for not at all.
    var scheme: EncryptedMessage.Scheme?
  }

  enum Opening {
    case message(Opened)
    case refused(HTTPResponseStatus)
  }

  /// Takes the seal off; over plain HTTP there must be one, as where `AllowUnencrypted` is false.
  mutating func open(_ request: WireRequest) -> Opening {
    let type = request["Content-Type"] ?? ""
    if type.lowercased().hasPrefix("multipart/encrypted") {
      do {
        let sealed = try EncryptedMessage(body: request.body, contentType: type)
        guard
          let text = try context?.unseal(signature: sealed.signature, sealed: sealed.sealed)
        else { return .refused(.internalServerError) }
        return .message(Opened(text: text, scheme: sealed.scheme))
      } catch {
        return .refused(.internalServerError)
      }
    }
    guard tls != nil else { return .refused(.internalServerError) }
    guard type.lowercased().hasPrefix("application/soap+xml") else { return .refused(.badRequest) }
    return .message(Opened(text: request.body))
  }

  /// The answer as the request was sent; nil when it cannot be written.
  mutating func write(_ answer: Answer, as scheme: EncryptedMessage.Scheme?) -> WireReply? {
    let status: HTTPResponseStatus =
      switch answer.body {
      case .fault: .internalServerError
      case .instance, .page, .released, .result, .identity: .ok
      }
    do {
      let envelope = try answer.envelope()
      guard let scheme else { return WireReply(status, type: Self.soap, envelope) }
      guard let sealed = try context?.seal(envelope) else { return nil }
      let message = EncryptedMessage(
        scheme: scheme, signature: sealed.signature, sealed: sealed.sealed)
      return WireReply(status, type: message.contentType, message.body)
    } catch {
      return nil
    }
  }
}
