import Curl
import Foundation
import Negotiate
import VolumeActivation

extension Session {
  /// The header fields of every request.
  var fields: [HTTPField] {
    var fields = [HTTPField("Accept-Encoding", "identity")]
    switch authentication {
    case .negotiate: break
    case .basic(let user, let password):
      let pair = password.reveal { Data("\(user):\($0)".utf8).base64EncodedString() }
      fields.append(HTTPField("Authorization", "Basic \(pair)"))
    case .certificate:
      fields.append(
        HTTPField(
          "Authorization", "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"))
    }
    return fields
  }

  /// The connection that is there, or a new one after a handshake.
  func authenticatedConnection() async throws(SessionError) -> ConnectionID {
    if let connection { return connection }
    let connection = await transfers.open(endpoint)
    self.connection = connection
    switch authentication {
    case .basic, .certificate: return connection
    case .negotiate(let credential, let service, let bindsChannel):
      do throws(SessionError) {
        try await shakeHands(credential, service, on: connection, bindsChannel: bindsChannel)
      } catch {
        await close()
        throw error
      }
      epoch += 1
      return connection
    }
  }

  private func shakeHands(
    _ credential: Credential, _ service: ServiceName, on connection: ConnectionID,
    bindsChannel: Bool
  ) async throws(SessionError) {
    var isConnected = false
    var binding: ChannelBinding?
    if endpoint.scheme == .https, bindsChannel {
      // Only a connection that is there tells the certificate that the first token is bound to.
      let reply = try await greet(nil, on: connection, isConnected: false)
      binding = reply.certificate.map(ChannelBinding.init(certificate:))
      isConnected = true
    }
    let context = try await negotiated { () async throws(NegotiateError) in
      try await SealingContext.begin(credential, to: service, binding: binding)
    }
    try await exchange(context, on: connection, isConnected: isConnected)
    guard endpoint.scheme == .https || context.hasConfidentiality else {
      throw .negotiate(.noConfidentiality)
    }
    self.context = context
  }

  /// Sends tokens to and fro until both sides are content.
  private func exchange(
    _ context: SealingContext, on connection: ConnectionID, isConnected: Bool
  ) async throws(SessionError) {
    var isConnected = isConnected
    var token = try await step(context, nil)
    // Kerberos takes one round, NTLM two; nobody is asked for ever.
    for _ in 0..<Self.mostRounds {
      guard let sent = token else { break }
      let reply = try await greet(sent, on: connection, isConnected: isConnected)
      isConnected = true
      let answer = Self.token(in: reply)
      switch reply.status {
      case 401:
        guard let answer else { throw .negotiate(context.refusal) }
        do throws(SessionError) {
          token = try await step(context, answer)
        } catch {
          guard case .negotiate(let cause) = error else { throw error }
          throw .negotiate(context.meaning(of: cause))
        }
      case 200..<300:
        if let answer, !context.isComplete { _ = try await step(context, answer) }
        guard context.isComplete else { throw .negotiate(.hostNotProven) }
        return
      default: throw .unreachable("the host answered HTTP \(reply.status) to the handshake")
      }
    }
    throw .negotiate(context.refusal)
  }

  private static let mostRounds = 8

  private func step(
    _ context: SealingContext, _ token: [UInt8]?
  ) async throws(SessionError) -> [UInt8]? {
    try await negotiated { () async throws(NegotiateError) in try await context.step(token) }
  }

  private func negotiated<Value: Sendable>(
    _ body: () async throws(NegotiateError) -> Value
  ) async throws(SessionError) -> Value {
    do throws(NegotiateError) { return try await body() } catch { throw .negotiate(error) }
  }

  /// One POST without a body; whatever becomes of it, nothing was asked of the host.
  private func greet(
    _ token: [UInt8]?, on connection: ConnectionID, isConnected: Bool
  ) async throws(SessionError) -> HTTPReply {
    var fields = fields
    if let token {
      let text = Data(token).base64EncodedString()
      fields.append(HTTPField("Authorization", "Negotiate \(text)"))
    }
    let request = HTTPRequest(
      path: Self.path, headers: fields, needsConnection: isConnected,
      limits: HTTPRequest.Limits(total: .seconds(30), silence: .seconds(30), replyBytes: 1 << 16))
    do throws(TransferError) {
      return try await transfers.send(request, on: connection)
    } catch {
      throw .unreachable("the handshake failed: \(error)")
    }
  }

  /// The token behind `Negotiate`, which may stand among other schemes; nil when there is none.
  private static func token(in reply: HTTPReply) -> [UInt8]? {
    reply.values(of: "WWW-Authenticate").lazy.flatMap { $0.split(separator: ",") }
      .compactMap { scheme in
        let words = scheme.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "negotiate" else { return nil }
        return Data(base64Encoded: String(words[1])).map(Array.init)
      }.first
  }
}
