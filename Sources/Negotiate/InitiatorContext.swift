import CGSSAPI

/// The client's side of a handshake, and of the sealed messages after it; one to each connection.
///
/// Its messages are numbered: each is unsealed in the order in which the host sealed it. Making it
/// and its first step may wait for the KDC.
package struct InitiatorContext: ~Copyable, Sendable {
  private var context = SecurityContext()
  private let client: ClientSide
  private let service: ServiceName
  private let user: String
  /// How many tokens were given out: NTLM's second one is made with the password.
  private var sent = 0

  /// - Parameters:
  ///   - credential: Who the client is, and how it is proven.
  ///   - service: What the host is asked as.
  ///   - binding: Of the TLS connection; nil over plain HTTP.
  package init(
    _ credential: Credential, to service: ServiceName, binding: ChannelBinding?
  ) throws(NegotiateError) {
    self.service = service
    user = credential.user
    client = try ClientSide(credential, service, binding)
  }

  /// Whether the handshake is over and the host has proven who it is, where that is possible.
  package var isComplete: Bool { context.isComplete }
  package var mechanism: Mechanism? { context.mechanism }
  /// Whether messages can be sealed.
  package var hasConfidentiality: Bool { context.hasConfidentiality }

  /// What it means that the host answers 401 and gives no token.
  ///
  /// Kerberos has one leg; where a token was answered, NTLM's password was refused.
  package var refusal: NegotiateError {
    if client.offer.contains(.ntlm), sent >= 2 { return .refused(user: user) }
    return client.offer.contains(.kerberos) ? .ticketRefused(service) : .mechanismNotAllowed
  }

  /// Whether nothing is left to say, so that a 401 is a refusal whatever comes with it.
  private var hasSaidAll: Bool { sent >= (client.offer.contains(.kerberos) ? 1 : 2) }

  /// What an error means that came of a token with a 401.
  ///
  /// Hosts may say no in a token, which GSSAPI has no certain word for.
  package func meaning(of error: NegotiateError) -> NegotiateError {
    switch error {
    case .malformedToken, .other, .mechanismNotAllowed: hasSaidAll ? refusal : error
    case .wrongPassword, .unknownUser, .accountDisabled, .passwordExpired, .refused,
      .ticketRefused, .noTicket, .ticketExpired, .unusableKeytab, .unknownService,
      .wrongServiceKey, .clockSkew, .kdcUnreachable, .userHasNoRealm, .ntlmUnavailable,
      .wrongChannelBinding, .missingChannelBinding, .otherHost, .hostNotProven,
      .noConfidentiality, .notComplete, .tampered, .outOfSequence:
      error
    }
  }

  /// Takes the host's token, the one that comes with its 200 too, and gives the next one.
  ///
  /// - Parameter token: nil at first.
  /// - Returns: What to send; nil when there is nothing more to say.
  package mutating func step(_ token: [UInt8]?) throws(NegotiateError) -> [UInt8]? {
    guard !context.isComplete else { throw .malformedToken("the handshake was over") }
    let challenges = try NTLMChallenge.all(in: token ?? [])
    let (status, output) = client.step(token ?? [], in: &context)
    guard !status.isError else {
      let error = status.error(Circumstances(user: user, service: service))
      // gss-ntlmssp goes no further with a machine of another name, and has no word for that.
      if case .other = error, let challenge = challenges.first,
        challenge.isOther(than: service.host), let name = challenge.names.last
      {
        throw .otherHost(asked: service.host, answers: name)
      }
      throw error
    }
    if !status.continues {
      try context.complete()
      guard context.mechanism != .kerberos || gss_shim_is_mutual(context.flags) != 0 else {
        throw .hostNotProven
      }
    }
    guard !output.isEmpty else { return nil }
    sent += 1
    return output
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

/// What a client's handshake starts from; like `SecurityContext`, it is never copied.
@safe private struct ClientSide: ~Copyable, @unchecked Sendable {
  private let credential: GSSCredential
  private let name: GSSName
  private let binding: ChannelBinding?
  let offer: Set<Mechanism>

  init(
    _ credential: Credential, _ service: ServiceName, _ binding: ChannelBinding?
  ) throws(NegotiateError) {
    let offer = try credential.offer(to: service)
    let name = try GSSName(service)
    let offered = try credential.offering(
      offer, Circumstances(user: credential.user, service: service))
    self.init(
      credential: offered, name: name, binding: binding,
      offer: offer.mechanisms)
  }

  private init(
    credential: GSSCredential, name: consuming GSSName, binding: ChannelBinding?,
    offer: Set<Mechanism>
  ) {
    self.credential = credential
    self.name = name
    self.binding = binding
    self.offer = offer
  }

  borrowing func step(
    _ token: [UInt8], in context: inout SecurityContext
  ) -> (GSSStatus, [UInt8]) {
    var status = GSSStatus(major: 0, minor: 0)
    var output = GSSBuffer()
    status.major = unsafe token.withGSSBuffer { input in
      unsafe SecurityContext.withBinding(binding) { binding in
        unsafe gss_init_sec_context(
          &status.minor, credential.pointer, &context.handle, name.pointer, gss_shim_spnego(),
          gss_shim_flags(), 0, binding, &input, nil, &output.descriptor, &context.flags, nil)
      }
    }
    return (status, output.bytes)
  }
}
