import CGSSAPI
import VolumeActivation

/// A credential for SPNEGO, restricted to some mechanisms.
@safe struct GSSCredential: ~Copyable {
  private(set) var pointer: gss_cred_id_t?
  /// The tickets in it live as long as this.
  private let cache: TicketCache?

  /// What a client offers.
  init(
    _ credential: Credential, _ offer: Credential.Offer, _ circumstances: Circumstances
  ) throws(NegotiateError) {
    var store = CredentialStore()
    if let cache = offer.cache { store.set(.ticketCache, to: cache.name) }
    switch credential.source {
    case .cache, .keytab:
      try unsafe self.init(offer, name: nil, GSS_C_INITIATE, &store, circumstances)
    case .password(let user, let password):
      if offer.mechanisms.contains(.ntlm) {
        password.reveal { store.set(.password, to: $0) }
      }
      let name = try GSSName(user: user.principal ?? user.description)
      try unsafe self.init(offer, name: name.pointer, GSS_C_INITIATE, &store, circumstances)
    }
  }

  /// What a host accepts.
  init(
    accepting keys: AcceptorKeys, as service: ServiceName
  ) throws(NegotiateError) {
    var store = CredentialStore()
    if let keytab = keys.keytab { store.set(.keytab, to: keytab) }
    if let file = keys.ntlmUserFile { store.set(.userFile, to: file) }
    let name = try GSSName(service)
    try unsafe self.init(
      Credential.Offer(mechanisms: keys.mechanisms, cache: nil), name: name.pointer, GSS_C_ACCEPT,
      &store, Circumstances(service: service))
  }

  private init(
    _ offer: Credential.Offer, name: gss_name_t?, _ usage: Int32, _ store: inout CredentialStore,
    _ circumstances: Circumstances
  ) throws(NegotiateError) {
    if offer.mechanisms.contains(.ntlm), !Self.isNTLMInstalled {
      guard offer.mechanisms.contains(.kerberos) else { throw .ntlmUnavailable }
    }
    var status = GSSStatus(major: 0, minor: 0)
    var spnego = unsafe gss_OID_set_desc(count: 1, elements: gss_shim_spnego())
    var credential: gss_cred_id_t?
    status.major = unsafe store.withSet {
      unsafe gss_acquire_cred_from(
        &status.minor, name, .max, &spnego, usage, &$0, &credential, nil, nil)
    }
    guard !status.isError else { throw status.error(circumstances) }
    unsafe pointer = credential
    cache = offer.cache
    try restrict(to: offer.mechanisms, circumstances)
  }

  deinit {
    var minor: OM_uint32 = 0
    var pointer = unsafe pointer
    unsafe gss_release_cred(&minor, &pointer)
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
