import Foundation
import NIOHTTP1
import Negotiate
import VolumeActivation

/// A header field of a reply.
struct HTTPField: Hashable, Sendable {
  var name: String
  var value: String
}

extension WireReply {
  func adding(_ fields: [HTTPField]) -> WireReply {
    var reply = self
    for field in fields { reply.headers.add(name: field.name, value: field.value) }
    return reply
  }
}

extension DoorConnection {
  /// Whether a request may be answered.
  enum Admission {
    /// With what the client is still to be told of the handshake.
    case yes([HTTPField])
    case no(WireReply)
  }

  /// A 401 with what may be tried.
  var challenge: WireReply {
    var schemes: [String] = []
    if terms.keys != nil { schemes.append("Negotiate") }
    if terms.keys?.keytab != nil { schemes.append("Kerberos") }
    if tls != nil, !terms.localUsers.isEmpty { schemes.append("Basic realm=\"WSMAN\"") }
    return WireReply(.unauthorized).adding(
      schemes.map { HTTPField(name: "WWW-Authenticate", value: $0) })
  }

  mutating func admit(_ request: WireRequest, to host: HostName) -> Admission {
    guard let field = request["Authorization"] else {
      return context?.isComplete == true ? .yes([]) : .no(challenge)
    }
    let words = field.split(separator: " ", maxSplits: 1).map(String.init)
    let isCertificate = field == Self.certificateScheme
    if isCertificate { return isCertified ? .yes([]) : .no(challenge) }
    guard words.count == 2, let token = Data(base64Encoded: words[1]) else {
      return .no(challenge)
    }
    switch words[0].lowercased() {
    case "negotiate", "kerberos": return shakeHands(words[0], Array(token), as: host)
    case "basic": return isLocalUser(token) ? .yes([]) : .no(challenge)
    case _: return .no(challenge)
    }
  }

  private static let certificateScheme =
    "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"

  private var isCertified: Bool { terms.acceptsCertificates && tls?.isCertified == true }

  private func isLocalUser(_ pair: Data) -> Bool {
    let text = String(decoding: pair, as: UTF8.self)
    guard tls != nil, let colon = text.firstIndex(of: ":"),
      let password = terms.localUsers[UserName(String(text[..<colon]))]
    else { return false }
    return password.reveal { $0 == text[text.index(after: colon)...] }
  }

  /// One round; a token after the last one begins anew.
  private mutating func shakeHands(
    _ scheme: String, _ token: [UInt8], as host: HostName
  ) -> Admission {
    guard let keys = terms.keys else { return .no(challenge) }
    do {
      let isUnderWay = context?.isComplete == false
      let reply = try isUnderWay ? context?.step(token) : begin(token, keys, as: host)
      let text = reply.map { "\(scheme) \(Data($0).base64EncodedString())" } ?? scheme
      let field = HTTPField(name: "WWW-Authenticate", value: text)
      if context?.isComplete == true { return .yes([field]) }
      return .no(WireReply(.unauthorized).adding([field]))
    } catch {
      context = nil
      return .no(challenge)
    }
  }

  /// The first round: a ticket may be for any of the services that Windows has one account for.
  private mutating func begin(
    _ token: [UInt8], _ keys: AcceptorKeys, as host: HostName
  ) throws(NegotiateError) -> [UInt8]? {
    var failure: NegotiateError?
    for service in ServiceName.Service.allCases {
      do throws(NegotiateError) {
        var fresh = try AcceptorContext(
          keys, as: ServiceName(service, host: host.rawValue), binding: tls?.binding,
          hardening: terms.hardening)
        let reply = try fresh.step(token)
        context = consume fresh
        return reply
      } catch {
        failure = failure ?? error
      }
    }
    throw failure ?? .notComplete
  }
}
