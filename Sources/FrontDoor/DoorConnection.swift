import NIOHTTP1
import Negotiate
import VolumeActivation
import WSMan

/// One connection to a host, from its first request to its last: who is on it, and what it is told.
struct DoorConnection: ~Copyable {
  let terms: DoorTerms
  let respondent: any Respondent
  /// What is beneath; nil over plain HTTP.
  let tls: Layer?
  /// The handshake, under way or over.
  var context: AcceptorContext?

  /// What TLS knows of a connection.
  struct Layer {
    var binding: ChannelBinding
    /// Whether the client showed a certificate that its authority signed.
    var isCertified: Bool
  }

  /// What is done about a request.
  enum Reaction {
    case reply(WireReply)
    /// The reply, spoilt.
    case spoilt(WireReply, WireFault)
    case hangUp
  }

  init(_ terms: DoorTerms, _ respondent: any Respondent, over tls: Layer?) {
    self.terms = terms
    self.respondent = respondent
    self.tls = tls
  }

  /// - Parameter fault: Draws what meets a message; handshakes do not ask.
  mutating func react(
    to request: WireRequest, on host: HostName, fault: () -> WireFault?
  ) async -> Reaction {
    switch await respondent.reach(host) {
    case .listening: break
    case .silent: return .hangUp
    case .refusing: return .reply(challenge)
    }
    guard request.head.uri == "/wsman" else { return .reply(WireReply(.notFound)) }
    guard request.head.method == .POST else { return .reply(WireReply(.methodNotAllowed)) }
    if request["WSMANIDENTIFY"] == "unauthenticated" {
      return await identify(to: request, on: host)
    }
    switch admit(request, to: host) {
    case .no(let reply): return .reply(reply)
    case .yes(let fields):
      guard fields.isEmpty || !request.body.isEmpty else {
        return .reply(WireReply(.ok).adding(fields))
      }
      return await message(request, on: host, fault(), fields)
    }
  }

  /// Says what it is to anybody who asks, and nothing else.
  private func identify(to request: WireRequest, on host: HostName) async -> Reaction {
    guard case .identify = try? Incoming(parsing: request.body) else { return .reply(challenge) }
    return await reaction(to: .identify, on: host) { answer in
      WireReply(.ok, type: Self.soap, try answer.envelope())
    }
  }

  private mutating func message(
    _ request: WireRequest, on host: HostName, _ fault: WireFault?, _ fields: [HTTPField]
  ) async -> Reaction {
    switch fault {
    case .hangUpBefore: return .hangUp
    case .unavailable: return .reply(WireReply(.serviceUnavailable))
    case .hangUpAfter, .reset, .truncated, .slow, .internalError, .wrongBoundary, .oversized, nil:
      break
    }
    let opened: Opened
    switch open(request) {
    case .message(let message): opened = message
    case .refused(let status): return .reply(WireReply(status))
    }
    let response: Response
    do {
      response = await respondent.respond(to: try Incoming(parsing: opened.text), on: host)
    } catch {
      response = .answer(Answer(error))
    }
    switch response {
    case .silence: return .hangUp
    case .refused: return .reply(challenge)
    case .answer(let answer):
      guard let reply = write(answer, as: opened.scheme) else { return .hangUp }
      return fault.map { .spoilt(reply.adding(fields), $0) } ?? .reply(reply.adding(fields))
    }
  }

  private func reaction(
    to incoming: Incoming, on host: HostName, _ write: (Answer) throws -> WireReply
  ) async -> Reaction {
    switch await respondent.respond(to: incoming, on: host) {
    case .silence: .hangUp
    case .refused: .reply(challenge)
    case .answer(let answer): (try? write(answer)).map { .reply($0) } ?? .hangUp
    }
  }
}
