import CGSSAPI
import Glibc

/// A host's side of a handshake, and of the sealed messages after it; one to each connection.
package struct AcceptorContext: ~Copyable, Sendable {
  private var context = SecurityContext()
  private let host: HostSide
  private var hasChallenged = false
  /// Who the client is, `user@REALM` or `DOMAIN\user`; nil until the handshake is over.
  package private(set) var clientName: String?
  /// What the last step would tell the client with the refusal; nil for nothing.
  package private(set) var rejection: [UInt8]?

  package init(
    _ keys: AcceptorKeys, as service: ServiceName, binding: ChannelBinding? = nil,
    hardening: ChannelBindingHardening = .relaxed
  ) throws(NegotiateError) {
    host = try HostSide(keys, service, binding, hardening)
  }

  package var isComplete: Bool { context.isComplete }
  package var mechanism: Mechanism? { context.mechanism }
  /// Whether messages can be sealed.
  package var hasConfidentiality: Bool { context.hasConfidentiality }

  /// Takes the client's token and gives the answer to it.
  ///
  /// - Returns: What to send, with a 401 until the handshake is over; nil for nothing.
  package mutating func step(_ token: [UInt8]) throws(NegotiateError) -> [UInt8]? {
    guard !context.isComplete else { throw .malformedToken("the handshake was over") }
    guard !token.isEmpty else { throw .malformedToken("it is empty") }
    let reply = host.step(token, in: &context)
    if let error = reply.error {
      rejection = reply.token.isEmpty ? nil : reply.token
      throw hasChallenged ? error.afterChallenge : error
    }
    hasChallenged = reply.status.continues
    if !reply.status.continues {
      guard !host.insistsOnBinding || gss_shim_is_bound(context.flags) != 0 else {
        throw .missingChannelBinding
      }
      try context.complete()
      clientName = reply.client
    }
    return reply.token.isEmpty ? nil : reply.token
  }

  /// - Parameter text: Not empty: gss-ntlmssp has no signature for nothing.
  package mutating func seal(_ text: [UInt8]) throws(NegotiateError) -> SealedMessage {
    try context.seal(text)
  }

  /// - Throws: `tampered` or `outOfSequence`; the connection is to be closed then.
  package mutating func unseal(
    signature: [UInt8], sealed: [UInt8]
  ) throws(NegotiateError) -> [UInt8] {
    try context.unseal(signature: signature, sealed: sealed)
  }
}

extension NegotiateError {
  /// What an error means when the client has answered NTLM's challenge: gss-ntlmssp has the error
  /// `EACCES` for another channel binding and no certain one for a wrong answer.
  fileprivate var afterChallenge: NegotiateError {
    switch self {
    case .malformedToken(let why), .other(let why):
      why.contains(unsafe String(cString: strerror(EACCES)))
        ? .wrongChannelBinding : .refused(user: "the client")
    case .wrongPassword, .unknownUser, .accountDisabled, .passwordExpired, .refused,
      .ticketRefused, .noTicket, .ticketExpired, .unusableKeytab, .unknownService,
      .wrongServiceKey, .clockSkew, .kdcUnreachable, .userHasNoRealm, .ntlmUnavailable,
      .mechanismNotAllowed, .wrongChannelBinding, .missingChannelBinding, .otherHost,
      .hostNotProven, .noConfidentiality, .notComplete, .tampered, .outOfSequence:
      self
    }
  }
}

/// What Windows calls `CbtHardeningLevel`.
package enum ChannelBindingHardening: Sendable {
  case none
  /// A binding that is there must be right.
  case relaxed
  /// A binding must be there.
  case strict
}

/// What a host's handshake starts from; like `SecurityContext`, it is never copied.
@safe private struct HostSide: ~Copyable, @unchecked Sendable {
  private let credential: GSSCredential
  private let binding: ChannelBinding?
  let insistsOnBinding: Bool

  init(
    _ keys: AcceptorKeys, _ service: ServiceName, _ binding: ChannelBinding?,
    _ hardening: ChannelBindingHardening
  ) throws(NegotiateError) {
    credential = try GSSCredential.accepting(keys, as: service)
    switch hardening {
    case .none:
      self.binding = nil
      insistsOnBinding = false
    case .relaxed:
      self.binding = binding
      insistsOnBinding = false
    case .strict:
      self.binding = binding
      insistsOnBinding = binding != nil
    }
  }

  struct Reply {
    var status = GSSStatus(major: 0, minor: 0)
    var error: NegotiateError?
    var token: [UInt8] = []
    var client: String?
  }

  borrowing func step(_ token: [UInt8], in context: inout SecurityContext) -> Reply {
    var reply = Reply()
    var output = GSSBuffer()
    var client: gss_name_t?
    reply.status.major = unsafe token.withGSSBuffer { input in
      unsafe SecurityContext.withBinding(binding) { binding in
        unsafe gss_accept_sec_context(
          &reply.status.minor, &context.handle, credential.pointer, &input, binding, &client, nil,
          &output.descriptor, &context.flags, nil, nil)
      }
    }
    // What went wrong is read from the thread before anything else is asked of GSSAPI.
    if reply.status.isError { reply.error = reply.status.error(Circumstances()) }
    reply.token = output.bytes
    var minor: OM_uint32 = 0
    defer { unsafe gss_release_name(&minor, &client) }
    var text = GSSBuffer()
    if unsafe client != nil,
      gss_shim_error(unsafe gss_display_name(&minor, client, &text.descriptor, nil)) == 0
    {
      // gss-ntlmssp counts the octet that ends a string in C.
      reply.client = String(decoding: text.bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return reply
  }
}
