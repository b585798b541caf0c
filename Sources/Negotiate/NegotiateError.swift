/// Why nobody could be authenticated, or a message could not be sealed or read.
package enum NegotiateError: Error, Hashable {
  case wrongPassword(user: String)
  case unknownUser(String)
  /// Locked out, disabled or expired: the KDC does not tell which.
  case accountDisabled(user: String)
  case passwordExpired(user: String)
  /// The host said no to NTLM and does not tell why.
  case refused(user: String)
  /// The host said no to the ticket and does not tell why.
  case ticketRefused(ServiceName)
  case noTicket(String)
  case ticketExpired
  case unusableKeytab(path: String, String)
  case unknownService(ServiceName)
  /// The host cannot decrypt the ticket: it was issued for another account's key.
  case wrongServiceKey
  case clockSkew
  case kdcUnreachable(String)
  case userHasNoRealm(UserName)
  case ntlmUnavailable
  case mechanismNotAllowed
  case malformedToken(String)
  case wrongChannelBinding
  case missingChannelBinding
  /// Over NTLM another machine answers than the one that was asked.
  case otherHost(asked: String, answers: String)
  case hostNotProven
  case noConfidentiality
  case notComplete
  case tampered
  case outOfSequence
  /// What none of the others says, in the library's words.
  case other(String)
}

extension NegotiateError {
  /// Whether Active Directory counts it towards locking the account, so that another attempt with
  /// the same password is one too many.
  package var isAuthenticationFailure: Bool {
    switch self {
    case .wrongPassword, .unknownUser, .accountDisabled, .refused: true
    case .passwordExpired, .ticketRefused, .noTicket, .ticketExpired, .unusableKeytab,
      .unknownService, .wrongServiceKey, .clockSkew, .kdcUnreachable, .userHasNoRealm,
      .ntlmUnavailable, .mechanismNotAllowed, .malformedToken, .wrongChannelBinding,
      .missingChannelBinding, .otherHost, .hostNotProven, .noConfidentiality, .notComplete,
      .tampered, .outOfSequence, .other:
      false
    }
  }
}

extension NegotiateError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .wrongPassword(let user):
      "the password of \(user) is wrong. Check it before the account is locked."
    case .unknownUser(let user):
      "there is no user \(user). Write it as user@REALM, the realm being the domain's DNS name."
    case .accountDisabled(let user):
      "the account \(user) is locked, disabled or expired. Ask who keeps the domain."
    case .passwordExpired(let user):
      "the password of \(user) has expired. Set a new one."
    case .refused(let user):
      "the host refused \(user) over NTLM: the password is wrong, the account is locked or unknown, or NTLM is "
        + "off there. Check the password before the account is locked, or use Kerberos. "
        + Self.bindingHint
    case .ticketRefused(let service):
      "the host refused the ticket for \(service). See whether the SPN belongs to another account "
        + "(`setspn -Q \(service)`) and name WSMAN or HOST as the service. "
        + Self.bindingHint
    case .noTicket(let cache):
      "there is no Kerberos ticket in \(cache). Get one with `kinit`."
    case .ticketExpired:
      "the Kerberos ticket has expired. Get a new one with `kinit`."
    case .unusableKeytab(let path, let why):
      "the keytab \(path) is of no use: \(why). Look into it with `klist -k`."
    case .unknownService(let service):
      "the KDC knows no service \(service). Check the host's full name and its SPNs "
        + "(`setspn -Q \(service)`), or name WSMAN or HOST as the service."
    case .wrongServiceKey:
      "the ticket is for another account's key. Look for a second owner of the SPN (`setspn -X`), "
        + "or name WSMAN or HOST as the service."
    case .clockSkew:
      "the clocks differ by more than Kerberos allows, 5 minutes mostly. Set the time on the host, "
        + "the KDC and here."
    case .kdcUnreachable(let why):
      "no KDC answers (\(why)). Check the realm in krb5.conf, the DNS and port 88."
    case .userHasNoRealm(let user):
      "\(user) names no Kerberos realm. Write it as user@REALM, or allow NTLM."
    case .ntlmUnavailable:
      "NTLM is not available. Install the package gss-ntlmssp, or use Kerberos."
    case .mechanismNotAllowed:
      "the other side offers no way to authenticate that is allowed here. Allow NTLM, or see why "
        + "the host has no Kerberos."
    case .malformedToken(let why):
      "the other side sent a token that cannot be read (\(why))."
    case .wrongChannelBinding:
      "the handshake is bound to another TLS connection: something between ends TLS. Connect "
        + "directly, or switch the channel binding off."
    case .missingChannelBinding:
      "the handshake is not bound to its TLS connection, and the host insists on it. Switch the "
        + "channel binding on."
    case .otherHost(let asked, let answers):
      "\(asked) was asked, and a machine answers that calls itself \(answers). Correct the DNS if it "
        + "is stale, or name the host as it names itself."
    case .hostNotProven:
      "the host did not prove who it is. Do not trust it."
    case .noConfidentiality:
      "no sealing of messages was agreed on. Use HTTPS, or see the host's NTLM policy."
    case .notComplete:
      "the handshake is not complete."
    case .tampered:
      "the message was changed on its way, or sealed for another connection. Connect anew."
    case .outOfSequence:
      "the message came twice or in the wrong order. Connect anew."
    case .other(let why):
      "GSSAPI: \(why)"
    }
  }

  /// Hosts that insist on the channel binding do not say that it was wrong.
  private static let bindingHint =
    "Over HTTPS, see whether something between ends TLS, which makes the channel binding wrong."
}
