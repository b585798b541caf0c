import Negotiate
import TestRealm
import VolumeActivation

/// A client and a host after a handshake that nobody disturbed.
struct Pair: ~Copyable {
  var client: InitiatorContext
  var host: AcceptorContext

  init(
    _ credential: Credential, keys: AcceptorKeys, binding: ChannelBinding? = nil,
    hostBinding: ChannelBinding? = nil, hardening: ChannelBindingHardening = .relaxed,
    service: ServiceName = Self.service
  ) throws(NegotiateError) {
    var client = try InitiatorContext(credential, to: service, binding: binding)
    var host = try AcceptorContext(keys, as: service, binding: hostBinding, hardening: hardening)
    var token = try client.step(nil)
    while let sent = token {
      guard let reply = try host.step(sent) else { break }
      token = try client.step(reply)
    }
    self.client = client
    self.host = host
  }

  /// What both sides agree on.
  var outcome: Outcome {
    Outcome(
      isComplete: client.isComplete && host.isComplete,
      hasConfidentiality: client.hasConfidentiality && host.hasConfidentiality,
      mechanism: client.mechanism == host.mechanism ? host.mechanism : nil,
      clientName: host.clientName)
  }

  struct Outcome {
    var isComplete: Bool
    var hasConfidentiality: Bool
    var mechanism: Mechanism?
    var clientName: String?
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
    case .kerberos: .password(Secret(password), of: alice, mechanisms: [.kerberos])
    case .ntlm: .password(Secret(password), of: bob, mechanisms: [.ntlm])
    }
  }
}

extension InitiatorContext {
  mutating func unseal(_ message: SealedMessage) throws(NegotiateError) -> [UInt8] {
    try unseal(signature: message.signature, sealed: message.sealed)
  }
}

extension AcceptorContext {
  mutating func unseal(_ message: SealedMessage) throws(NegotiateError) -> [UInt8] {
    try unseal(signature: message.signature, sealed: message.sealed)
  }
}
