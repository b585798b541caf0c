import Curl
import Negotiate

extension Session {
  /// The envelope of a reply that the host vouches for: over plain HTTP nothing else is believed.
  func open(_ reply: HTTPReply) async throws(SessionError) -> [UInt8] {
    do throws(SessionError) {
      if endpoint.scheme == .http { return try unseal(reply) }
      switch reply.status {
      case 200: return reply.body
      case 500 where !reply.body.isEmpty: return reply.body
      case 401: throw refusal
      case 503: throw .unreachable("nobody serves WinRM there (HTTP 503)")
      default: throw .lost("the host answered HTTP \(reply.status)")
      }
    } catch {
      // What the context counts and what the host counts may differ from now on.
      await close()
      throw error
    }
  }

  /// A fault is sealed too, so the seal comes before the status.
  private func unseal(_ reply: HTTPReply) throws(SessionError) -> [UInt8] {
    let type = reply.values(of: "Content-Type").first ?? ""
    do {
      guard let context else { throw EncryptedMessageError.notEncrypted }
      return try context.unseal(try EncryptedMessage(body: reply.body, contentType: type))
    } catch EncryptedMessageError.notEncrypted where reply.status == 401 {
      throw refusal
    } catch {
      throw .lost("HTTP \(reply.status): \(error)")
    }
  }

  /// What a 401 means that answers a message.
  private var refusal: SessionError {
    switch authentication {
    case .basic(let user, _): .wrongCredentials(user: user)
    case .negotiate, .certificate: .notAuthorized
    }
  }
}
