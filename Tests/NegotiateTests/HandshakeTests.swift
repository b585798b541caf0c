import Negotiate
import TestRealm
import Testing
import VolumeActivation

@Suite struct HandshakeTests {
  private let realm = Fixture.realm

  // MARK: What logs on

  @Test func `a ticket of kinit is used`() throws {
    let cache = try realm.logOn("alice")
    let pair = try Pair(.cache(cache), keys: Fixture.keys)
    #expect(pair.outcome.clientName == "alice@MUSTER.TEST")
  }

  @Test func `the cache of kinit is left as it is, however many hosts there are`() throws {
    let cache = try realm.logOn("alice")
    _ = try Pair(.cache(cache), keys: Fixture.keys)
    let tickets = try realm.run("/usr/bin/klist", ["-c", cache])
    #expect(tickets.contains("krbtgt/MUSTER.TEST"))
    #expect(!tickets.contains(TestRealm.host), "\(tickets)")
  }

  @Test func `a key in a file is used`() throws {
    let keytab = realm.path("robot.keytab")
    try realm.addService("robot", to: keytab)
    let pair = try Pair(.keytab(keytab, principal: "robot@MUSTER.TEST"), keys: Fixture.keys)
    #expect(pair.outcome.clientName == "robot@MUSTER.TEST")
  }

  @Test(arguments: ServiceName.Service.allCases)
  func `a ticket may be for another service of the host`(service: ServiceName.Service) throws {
    let pair = try Pair(
      Fixture.credential(for: .kerberos), keys: Fixture.keys,
      service: ServiceName(service, host: TestRealm.host))
    #expect(pair.outcome.mechanism == .kerberos)
  }

  @Test func `a realm may be written in small letters`() throws {
    let credential = Credential.password(
      Secret(TestRealm.password), of: UserName("alice@muster.test"), mechanisms: [.kerberos])
    #expect(try Pair(credential, keys: Fixture.keys).outcome.mechanism == .kerberos)
  }

  @Test func `Kerberos goes before NTLM where both are allowed`() throws {
    let credential = Credential.password(
      Secret(TestRealm.password), of: Fixture.alice, mechanisms: [.kerberos, .ntlm])
    #expect(try Pair(credential, keys: Fixture.keys).outcome.mechanism == .kerberos)
  }

  @Test func `NTLM takes the place of Kerberos where it is allowed`() throws {
    let credential = Credential.password(
      Secret(TestRealm.password), of: Fixture.alice, mechanisms: [.kerberos, .ntlm])
    let unknown = ServiceName(host: "nowhere.muster.test")
    let pair = try Pair(credential, keys: Fixture.ntlmKeys, service: unknown)
    #expect(pair.outcome.mechanism == .ntlm)
  }

  // MARK: What fails

  @Test func `a wrong password is said by Kerberos, and the KDC asked once`() throws {
    try realm.admin("addprinc -pw \(TestRealm.password) +requires_preauth carol")
    let credential = Credential.password(
      Secret("wrong"), of: UserName("carol@MUSTER.TEST"), mechanisms: [.kerberos, .ntlm])
    for _ in 0..<3 {
      let error = try #require(throws: NegotiateError.self) {
        _ = try Pair(credential, keys: Fixture.keys)
      }
      #expect(error == .wrongPassword(user: "carol@MUSTER.TEST"))
      #expect(error.isAuthenticationFailure)
    }
    let state = try realm.run(
      "/usr/sbin/kadmin.local", ["-r", TestRealm.name, "-q", "getprinc carol"])
    #expect(state.contains("Failed password attempts: 1"))
  }

  @Test func `a machine that answers NTLM under another name is no other failure`() {
    let asked = ServiceName(host: "stale.muster.test")
    #expect(
      throws: NegotiateError.otherHost(asked: "stale.muster.test", answers: TestRealm.host)
    ) {
      let credential = Fixture.credential(for: .ntlm)
      var client = try InitiatorContext(credential, to: asked, binding: nil)
      var host = try AcceptorContext(
        Fixture.ntlmKeys, as: Pair.service, binding: nil, hardening: .relaxed)
      let challenge = try host.step(try #require(try client.step(nil)))
      _ = try client.step(challenge)
    }
  }

  @Test func `a wrong password fails NTLM`() throws {
    let credential = Fixture.credential(for: .ntlm, password: "wrong")
    var client = try InitiatorContext(credential, to: Pair.service, binding: nil)
    var host = try AcceptorContext(Fixture.keys, as: Pair.service)
    let greeting = try #require(try client.step(nil))
    let challenge = try #require(try host.step(greeting))
    let answer = try #require(try client.step(challenge))
    let error = try #require(throws: NegotiateError.self) { try host.step(answer) }
    #expect(error.isAuthenticationFailure)
    let isComplete = host.isComplete
    #expect(!isComplete)
    let name = host.clientName
    #expect(name == nil)
    // The client gets a 401 with no token.
    #expect(client.refusal == .refused(user: "MUSTER\\bob"))
    #expect(client.refusal.isAuthenticationFailure)
  }

  @Test func `a password that NTLM refuses after Kerberos was offered counts too`() throws {
    try realm.write("other-users", "\(TestRealm.name):alice:another password\n")
    let keys = AcceptorKeys(keytab: nil, ntlmUserFile: realm.path("other-users"))
    let credential = Credential.password(
      Secret(TestRealm.password), of: Fixture.alice, mechanisms: [.kerberos, .ntlm])
    var client = try InitiatorContext(credential, to: Pair.service, binding: nil)
    var host = try AcceptorContext(keys, as: Pair.service)
    let refusedTicket = client.refusal
    #expect(refusedTicket == .ticketRefused(Pair.service))
    let error = try #require(throws: NegotiateError.self) {
      var token = try client.step(nil)
      while let sent = token, let reply = try host.step(sent) { token = try client.step(reply) }
    }
    #expect(error.isAuthenticationFailure)
    let refusal = client.refusal
    #expect(refusal == .refused(user: Fixture.alice.description))
  }

  @Test func `an unknown user is said`() {
    let credential = Credential.password(
      Secret(TestRealm.password), of: UserName("nobody@MUSTER.TEST"), mechanisms: [.kerberos])
    #expect(throws: NegotiateError.unknownUser("nobody@MUSTER.TEST")) {
      _ = try Pair(credential, keys: Fixture.keys)
    }
    #expect(NegotiateError.unknownUser("nobody").isAuthenticationFailure)
  }

  @Test func `an account that is locked is said`() throws {
    try realm.admin("addprinc -pw \(TestRealm.password) -allow_tix dave")
    let credential = Credential.password(
      Secret(TestRealm.password), of: UserName("dave@MUSTER.TEST"), mechanisms: [.kerberos])
    #expect(throws: NegotiateError.accountDisabled(user: "dave@MUSTER.TEST")) {
      _ = try Pair(credential, keys: Fixture.keys)
    }
    #expect(NegotiateError.accountDisabled(user: "dave").isAuthenticationFailure)
  }

  @Test func `a password that has expired is said`() throws {
    try realm.admin("addprinc -pw \(TestRealm.password) -pwexpire 2020-01-01 erin")
    let credential = Credential.password(
      Secret(TestRealm.password), of: UserName("erin@MUSTER.TEST"), mechanisms: [.kerberos])
    #expect(throws: NegotiateError.passwordExpired(user: "erin@MUSTER.TEST")) {
      _ = try Pair(credential, keys: Fixture.keys)
    }
  }

  @Test func `a ticket that has expired is said`() throws {
    let cache = try realm.expiredCache()
    #expect(throws: NegotiateError.ticketExpired) {
      _ = try Pair(.cache(cache), keys: Fixture.keys)
    }
    #expect(!NegotiateError.ticketExpired.isAuthenticationFailure)
  }

  @Test func `clocks that differ are said by both sides`() throws {
    let cache = try realm.skewedCache()
    var client = try InitiatorContext(.cache(cache), to: Pair.service, binding: nil)
    var host = try AcceptorContext(Fixture.kerberosKeys, as: Pair.service)
    let token = try #require(try client.step(nil))
    #expect(throws: NegotiateError.clockSkew) { try host.step(token) }
    let said = host.rejection
    let rejection = try #require(said)
    #expect(throws: NegotiateError.clockSkew) { try client.step(rejection) }
    #expect(!NegotiateError.clockSkew.isAuthenticationFailure)
  }

  @Test func `a cache that is not there is said`() {
    let cache = "FILE:" + realm.path("none")
    #expect(throws: NegotiateError.noTicket(cache)) {
      _ = try Pair(.cache(cache), keys: Fixture.keys)
    }
  }

  @Test func `a keytab that is not there is said`() throws {
    let path = realm.path("none.keytab")
    let error = try #require(throws: NegotiateError.self) {
      _ = try Pair(.keytab(path, principal: "alice@MUSTER.TEST"), keys: Fixture.keys)
    }
    guard case .unusableKeytab(path, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!error.isAuthenticationFailure)
  }

  @Test func `an unknown service is said, and nothing falls through to NTLM`() {
    let unknown = ServiceName(host: "nowhere.muster.test")
    #expect(throws: NegotiateError.unknownService(unknown)) {
      _ = try Pair(Fixture.credential(for: .kerberos), keys: Fixture.keys, service: unknown)
    }
    #expect(!NegotiateError.unknownService(unknown).isAuthenticationFailure)
  }

  @Test func `a KDC that does not answer is said`() throws {
    let credential = Credential.password(
      Secret(TestRealm.password), of: UserName("alice@NOBODY.TEST"), mechanisms: [.kerberos])
    let error = try #require(throws: NegotiateError.self) {
      _ = try Pair(credential, keys: Fixture.keys)
    }
    guard case .kdcUnreachable = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!error.isAuthenticationFailure)
  }

  @Test func `Kerberos needs a realm`() {
    let credential = Credential.password(
      Secret(TestRealm.password), of: Fixture.bob, mechanisms: [.kerberos])
    #expect(throws: NegotiateError.userHasNoRealm(Fixture.bob)) {
      _ = try Pair(credential, keys: Fixture.keys)
    }
  }

  @Test func `a host with another key refuses the ticket`() throws {
    let keytab = realm.path("other.keytab")
    try realm.admin("addprinc -randkey HTTP/pc02.muster.test")
    try realm.admin("ktadd -k \(keytab) HTTP/pc02.muster.test")
    let service = ServiceName(host: "pc02.muster.test")
    let cache = try realm.logOn("alice")
    var client = try InitiatorContext(.cache(cache), to: service, binding: nil)
    // The same key number with another key, as after a reset of the computer account.
    try realm.admin("delprinc -force HTTP/pc02.muster.test")
    try realm.admin("addprinc -randkey HTTP/pc02.muster.test")
    let newKeytab = realm.path("other-new.keytab")
    try realm.admin("ktadd -k \(newKeytab) HTTP/pc02.muster.test")
    var host = try AcceptorContext(
      AcceptorKeys(keytab: newKeytab, ntlmUserFile: nil), as: service)
    let token = try #require(try client.step(nil))
    #expect(throws: NegotiateError.wrongServiceKey) { try host.step(token) }
    let said = host.rejection
    let rejection = try #require(said)
    #expect(throws: NegotiateError.wrongServiceKey) { try client.step(rejection) }
    #expect(client.refusal == .ticketRefused(service))
    #expect(!client.refusal.isAuthenticationFailure)
  }

  @Test func `a host that does not speak Kerberos gets no NTLM unless it is allowed`() throws {
    #expect(throws: NegotiateError.self) {
      _ = try Pair(Fixture.credential(for: .kerberos), keys: Fixture.ntlmKeys)
    }
  }

  @Test func `a client that offers only NTLM is refused where it is off`() throws {
    #expect(throws: NegotiateError.self) {
      _ = try Pair(Fixture.credential(for: .ntlm), keys: Fixture.kerberosKeys)
    }
  }

  @Test(arguments: [
    [], [0x60], [0xA1, 0x00], Array("NTLMSSP\0".utf8), Array(repeating: 0xFF, count: 5000),
  ])
  func `a token that is rubbish is refused by both`(token: [UInt8]) throws {
    var host = try AcceptorContext(Fixture.keys, as: Pair.service)
    #expect(throws: NegotiateError.self) { try host.step(token) }
    var client = try InitiatorContext(
      Fixture.credential(for: .kerberos), to: Pair.service, binding: nil)
    _ = try client.step(nil)
    #expect(throws: NegotiateError.self) { try client.step(token) }
  }

  @Test func `no error and no description shows the password`() throws {
    let secret = "Pl4nted-Passw0rd"
    for user in ["alice@MUSTER.TEST", "nobody@MUSTER.TEST", "alice@NOBODY.TEST", "MUSTER\\bob"] {
      let credential = Credential.password(
        Secret(secret), of: UserName(user), mechanisms: [.kerberos])
      var shown = "\(credential) \(String(reflecting: credential))"
      dump(credential, to: &shown)
      do throws(NegotiateError) {
        _ = try Pair(credential, keys: Fixture.keys)
        Issue.record("\(user) got in")
      } catch {
        shown += "\(error) \(String(reflecting: error))"
      }
      #expect(!shown.contains(secret))
    }
  }
}
