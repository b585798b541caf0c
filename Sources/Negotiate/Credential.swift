import Synchronization
package import VolumeActivation

/// Who logs on, and by what means; one serves any number of contexts at a time.
package struct Credential: Sendable {
  let source: Source
  let mechanisms: Set<Mechanism>
  private let tickets: Tickets
  private let passwords = Passwords()

  enum Source: Sendable {
    case cache(String?)
    case keytab(path: String, principal: String)
    case password(UserName, Secret<String>)
  }

  private init(_ source: Source, _ mechanisms: Set<Mechanism>) {
    self.source = source
    self.mechanisms = mechanisms
    tickets = Tickets(source)
  }

  /// The tickets that `kinit` got: Kerberos and nothing else.
  ///
  /// - Parameter name: As `KRB5CCNAME` would have it; nil for the default cache.
  package static func cache(_ name: String? = nil) -> Credential {
    Credential(.cache(name), [.kerberos])
  }

  /// A key in a file: Kerberos and nothing else.
  package static func keytab(_ path: String, principal: String) -> Credential {
    Credential(.keytab(path: path, principal: principal), [.kerberos])
  }

  /// A user and a password.
  ///
  /// They go to no mechanism but those allowed.
  package static func password(
    _ password: Secret<String>, of user: UserName, mechanisms: Set<Mechanism>
  ) -> Credential {
    precondition(!mechanisms.isEmpty, "nothing is allowed")
    return Credential(.password(user, password), mechanisms)
  }
}

extension Credential: CustomStringConvertible {
  package var description: String { user }
}

extension Credential {
  /// Who it is, for messages.
  var user: String {
    switch source {
    case .cache(let name): "the owner of \(name ?? "the default credential cache")"
    case .keytab(_, let principal): principal
    case .password(let user, _): user.description
    }
  }

  /// What may be offered to a service, and the tickets for Kerberos.
  ///
  /// Where Kerberos fails, NTLM takes its place if it is allowed, but not with a password that the
  /// KDC has just refused: it would count twice towards locking the account.
  func offer(to service: ServiceName) throws(NegotiateError) -> Offer {
    guard mechanisms.contains(.kerberos) else { return Offer(mechanisms: [.ntlm], cache: nil) }
    do {
      return Offer(mechanisms: mechanisms, cache: try tickets.cache(for: service, user: user))
    } catch {
      guard mechanisms.contains(.ntlm), !error.isAuthenticationFailure else { throw error }
      return Offer(mechanisms: [.ntlm], cache: nil)
    }
  }

  /// What a handshake starts from.
  func offering(
    _ offer: Offer, _ circumstances: Circumstances
  ) throws(NegotiateError) -> GSSCredential {
    guard offer.mechanisms == [.ntlm] else {
      return try GSSCredential.offering(offer, of: self, circumstances)
    }
    return try passwords.credential { () throws(NegotiateError) in
      try GSSCredential.offering(offer, of: self, circumstances)
    }
  }

  struct Offer {
    var mechanisms: Set<Mechanism>
    var cache: TicketCache?
  }
}
