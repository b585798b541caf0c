import Negotiate
import TestRealm

/// A client and a host after a handshake that nobody disturbed.
struct Pair: ~Copyable {
  var client: InitiatorContext
  var host: AcceptorContext

  init(
    _ credential: Credential, keys: AcceptorKeys, binding: ChannelBinding? = nil,
    hostBinding: ChannelBinding? = nil, hardening: ChannelBindingHardening = .relaxed,
    service: ServiceName = Self.service
  ) throws(NegotiateError) {
    client = try InitiatorContext(credential, to: service, binding: binding)
    host = try AcceptorContext(keys, as: service, binding: hostBinding, hardening: hardening)
    var token = try client.step(nil)
    while let sent = token {
      guard let reply = try host.step(sent) else { return }
      token = try client.step(reply)
    }
  }

  static let service = ServiceName(host: TestRealm.host)
}

/// What clients and hosts of the tests have.
enum Fixture {
  static let realm = TestRealm.shared
  static let alice = UserName("alice@\(TestRealm.name)")
  static let bob = UserName("MUSTER\\bob")

  static let userFile: String = {
    do {
      try realm.write(
        "ntlm-users",
        """
        MUSTER:bob:\(TestRealm.password)
        \(TestRealm.name):alice:\(TestRealm.password)

        """)
    } catch { fatalError("\(error)") }
    return realm.path("ntlm-users")
  }()

  static let keys = AcceptorKeys(keytab: realm.keytab, ntlmUserFile: userFile)
  static let kerberosKeys = AcceptorKeys(keytab: realm.keytab, ntlmUserFile: nil)
  static let ntlmKeys = AcceptorKeys(keytab: nil, ntlmUserFile: userFile)

  /// A credential that succeeds with a mechanism and may use no other one.
  static func credential(
    for mechanism: Mechanism, password: String = TestRealm.password
  ) -> Credential {
    switch mechanism {
    case .kerberos: .password(.init(password), of: alice, mechanisms: [.kerberos])
    case .ntlm: .password(.init(password), of: bob, mechanisms: [.ntlm])
    }
  }
}
