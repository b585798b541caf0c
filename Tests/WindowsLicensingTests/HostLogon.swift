import Foundation
import Negotiate
import TestRealm
import WSMan

/// What a `ScriptedHost` knows of who is at the other end of a connection.
struct HostLogon: ~Copyable {
  private let host: ScriptedHost
  private var context: AcceptorContext?
  private var isCertain = false

  init(_ host: ScriptedHost) { self.host = host }

  /// What the header of a request comes to.
  enum Verdict {
    /// The body is to be answered.
    case welcome
    /// This is the whole answer: a status and header fields.
    case reply(Int, fields: String)
  }

  private static let challenges = "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Kerberos\r\n"
  private static let mutual =
    "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"

  mutating func judge(_ authorization: String?, hasCertificate: Bool) -> Verdict {
    guard let authorization else {
      let isIn = isCertain || context?.isComplete == true
      return isIn ? .welcome : .reply(401, fields: Self.challenges)
    }
    let words = authorization.split(separator: " ", maxSplits: 1)
    switch words.first {
    case "Negotiate": return shakeHands(String(words.last ?? ""))
    case "Basic":
      let right = Data("bob:\(TestRealm.password)".utf8).base64EncodedString()
      isCertain = words.last ?? "" == right
    case .some, .none:
      isCertain = authorization == Self.mutual && hasCertificate
    }
    return isCertain ? .welcome : .reply(401, fields: "WWW-Authenticate: Basic realm=\"WSMAN\"\r\n")
  }

  private mutating func shakeHands(_ token: String) -> Verdict {
    do {
      if context == nil || context?.isComplete == true {
        context = try AcceptorContext(
          host.keys, as: ScriptedHost.service, binding: host.door.binding,
          hardening: host.door.hardening)
      }
      let reply = try context?.step(Data(base64Encoded: token).map(Array.init) ?? [])
      return .reply(
        context?.isComplete == true ? 200 : 401, fields: reply.map(Self.field) ?? "")
    } catch {
      let rejection = context?.rejection
      context = nil
      return .reply(401, fields: rejection.map(Self.field) ?? Self.challenges)
    }
  }

  private static func field(_ token: [UInt8]) -> String {
    "WWW-Authenticate: Negotiate \(Data(token).base64EncodedString())\r\n"
  }

  /// What the client meant; over plain HTTP it is sealed.
  mutating func open(_ body: [UInt8], contentType: String) throws -> [UInt8] {
    guard host.door.identity == nil else { return body }
    let message = try EncryptedMessage(body: body, contentType: contentType)
    return try context?.unseal(signature: message.signature, sealed: message.sealed) ?? []
  }

  /// The frame around an envelope; nil without anything to seal with.
  mutating func seal(_ envelope: [UInt8]) throws -> EncryptedMessage? {
    guard let sealed = try context?.seal(envelope) else { return nil }
    return EncryptedMessage(
      scheme: .negotiate, signature: sealed.signature, sealed: sealed.sealed)
  }
}
