import CGSSAPI
import VolumeActivation

/// A credential for SPNEGO, restricted to some mechanisms.
@safe struct GSSCredential: ~Copyable {
  private(set) var pointer: gss_cred_id_t?
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
      return try unsafe acquire(offer, name: nil, GSS_C_INITIATE, &store, circumstances)
    case .password(let user, let password):
      if offer.mechanisms.contains(.ntlm) {
        password.reveal { store.set(.password, to: $0) }
      }
      let name = try GSSName(user: user.principal ?? user.description)
      return try unsafe acquire(offer, name: name.pointer, GSS_C_INITIATE, &store, circumstances)
    }
  }

  /// What a host accepts.
  static func accepting(
    _ keys: AcceptorKeys, as service: ServiceName
  ) throws(NegotiateError) -> GSSCredential {
    var store = CredentialStore()
    if let keytab = keys.keytab { store.set(.keytab, to: keytab) }
    if let file = keys.ntlmUserFile { store.set(.userFile, to: file) }
    let name = try GSSName(service)
    let offer = Credential.Offer(mechanisms: keys.mechanisms, cache: nil)
    return try unsafe acquire(
      offer, name: name.pointer, GSS_C_ACCEPT, &store, Circumstances(service: service))
  }

  private static func acquire(
    _ offer: Credential.Offer, name: gss_name_t?, _ usage: Int32, _ store: inout CredentialStore,
    _ circumstances: Circumstances
  ) throws(NegotiateError) -> GSSCredential {
    guard isNTLMInstalled || offer.mechanisms != [.ntlm] else { throw .ntlmUnavailable }
    var status = GSSStatus(major: 0, minor: 0)
    var spnego = unsafe gss_OID_set_desc(count: 1, elements: gss_shim_spnego())
    var pointer: gss_cred_id_t?
    status.major = unsafe store.withSet {
      unsafe gss_acquire_cred_from(
        &status.minor, name, .max, &spnego, usage, &$0, &pointer, nil, nil)
    }
    guard !status.isError else { throw status.error(circumstances) }
    let credential = unsafe GSSCredential(pointer, offer.cache)
    try credential.restrict(to: offer.mechanisms, circumstances)
    return credential
  }

  /// Kerberos goes first: the mechanisms are in the order of their cases.
  private borrowing func restrict(
    to mechanisms: Set<Mechanism>, _ circumstances: Circumstances
  ) throws(NegotiateError) {
    var status = GSSStatus(major: 0, minor: 0)
    var identifiers = unsafe Mechanism.allCases.filter(mechanisms.contains).map {
      unsafe $0.identifier.pointee
    }
    status.major = unsafe identifiers.withUnsafeMutableBufferPointer { identifiers in
      var set = unsafe gss_OID_set_desc(
        count: identifiers.count, elements: identifiers.baseAddress)
      return unsafe gss_set_neg_mechs(&status.minor, pointer, &set)
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
