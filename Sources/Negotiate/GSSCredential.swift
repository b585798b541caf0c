import CGSSAPI
import VolumeActivation

/// A credential for SPNEGO, restricted to some mechanisms.
///
/// GSSAPI only reads what was made, so that any number of contexts may share it.
@safe final class GSSCredential: @unchecked Sendable {
  let pointer: gss_cred_id_t?
  /// The tickets in it live as long as this.
  private let cache: TicketCache?

  private init(_ pointer: gss_cred_id_t?, _ cache: TicketCache?) {
    unsafe self.pointer = unsafe pointer
    self.cache = cache
  }

  deinit {
    var minor: OM_uint32 = 0
    var pointer = unsafe pointer
    unsafe gss_release_cred(&minor, &pointer)
  }

  /// What a client offers.
  static func offering(
    _ offer: Credential.Offer, of credential: Credential, _ circumstances: Circumstances
  ) throws(NegotiateError) -> GSSCredential {
    var store = CredentialStore()
    if let cache = offer.cache { store.set(.ticketCache, to: cache.name) }
    switch credential.source {
    case .cache, .keytab:
      return try unsafe acquire(offer, .spnego, nil, GSS_C_INITIATE, &store, circumstances)
    case .password(let user, let password):
      if offer.mechanisms.contains(.ntlm) {
        password.reveal { store.set(.password, to: $0) }
      }
      let name = try GSSName(user: user.principal ?? user.description)
      return try unsafe acquire(offer, .spnego, name.pointer, GSS_C_INITIATE, &store, circumstances)
    }
  }

  /// What a host accepts: SPNEGO, and what others send without it.
  static func accepting(
    _ keys: AcceptorKeys, as service: ServiceName
  ) throws(NegotiateError) -> GSSCredential {
    var store = CredentialStore()
    if let keytab = keys.keytab { store.set(.keytab, to: keytab) }
    if let file = keys.ntlmUserFile { store.set(.userFile, to: file) }
    let name = try GSSName(service)
    let offer = Credential.Offer(mechanisms: keys.mechanisms, cache: nil)
    return try unsafe acquire(
      offer, .any, name.pointer, GSS_C_ACCEPT, &store, Circumstances(service: service))
  }

  /// What tokens may be framed as.
  private enum Framing { case spnego, any }

  private static func acquire(
    _ offer: Credential.Offer, _ framing: Framing, _ name: gss_name_t?, _ usage: Int32,
    _ store: inout CredentialStore, _ circumstances: Circumstances
  ) throws(NegotiateError) -> GSSCredential {
    guard isNTLMInstalled || offer.mechanisms != [.ntlm] else { throw .ntlmUnavailable }
    var status = GSSStatus(major: 0, minor: 0)
    var identifiers = unsafe [gss_shim_spnego().pointee]
    switch framing {
    case .spnego: break
    case .any: unsafe identifiers += offer.identifiers
    }
    var pointer: gss_cred_id_t?
    status.major = unsafe store.withSet { store in
      unsafe identifiers.withSet { set in
        unsafe gss_acquire_cred_from(
          &status.minor, name, .max, &set, usage, &store, &pointer, nil, nil)
      }
    }
    guard !status.isError else { throw status.error(circumstances) }
    let credential = unsafe GSSCredential(pointer, offer.cache)
    try credential.restrict(to: offer, circumstances)
    return credential
  }

  private func restrict(
    to offer: Credential.Offer, _ circumstances: Circumstances
  ) throws(NegotiateError) {
    var status = GSSStatus(major: 0, minor: 0)
    var identifiers = unsafe offer.identifiers
    status.major = unsafe identifiers.withSet { set in
      unsafe gss_set_neg_mechs(&status.minor, pointer, &set)
    }
    guard !status.isError else { throw status.error(circumstances) }
  }

  /// Whether the mechglue has found gss-ntlmssp.
  private static let isNTLMInstalled: Bool = {
    var minor: OM_uint32 = 0
    var mechanisms: gss_OID_set?
    _ = unsafe gss_indicate_mechs(&minor, &mechanisms)
    defer { unsafe gss_release_oid_set(&minor, &mechanisms) }
    var isMember: Int32 = 0
    _ = unsafe gss_test_oid_set_member(&minor, gss_shim_ntlm(), mechanisms, &isMember)
    return isMember != 0
  }()
}

extension Credential.Offer {
  /// Kerberos goes first: the mechanisms are in the order of their cases.
  fileprivate var identifiers: [gss_OID_desc] {
    unsafe Mechanism.allCases.filter(mechanisms.contains).map { unsafe $0.identifier.pointee }
  }
}

extension [gss_OID_desc] {
  /// Lends them out as GSSAPI takes them.
  fileprivate mutating func withSet<Result>(
    _ body: (inout gss_OID_set_desc) -> Result
  ) -> Result {
    unsafe withUnsafeMutableBufferPointer { identifiers in
      var set = unsafe gss_OID_set_desc(
        count: identifiers.count, elements: identifiers.baseAddress)
      return unsafe body(&set)
    }
  }
}

extension Mechanism {
  var identifier: gss_OID {
    switch self {
    case .kerberos: unsafe gss_shim_kerberos()
    case .ntlm: unsafe gss_shim_ntlm()
    }
  }

  init?(_ identifier: gss_OID?) {
    let found = Self.allCases.first {
      unsafe gss_shim_same(identifier, $0.identifier) != 0
    }
    guard let found else { return nil }
    self = found
  }
}
