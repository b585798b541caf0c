import Execution
import Negotiate
import Synchronization
import TestCertificates
import TestRealm
import Testing
import VolumeActivation
import WSManSession
import WindowsLicensing

/// The same host behind TLS: nothing is sealed, and each way to log on has its own proof.
@Suite struct HTTPSTests {
  private static let certificates = TestCertificates.shared

  private static func host(_ door: HostDoor) async throws -> ScriptedHost {
    try await ScriptedHost(Fixture.table("10.0.19045"), door: door)
  }

  private static func basic(_ password: String = TestRealm.password) -> Authentication {
    .basic(user: "bob", Secret(password))
  }

  // MARK: Passwords

  @Test func `a user and a password go with each request`() async throws {
    let host = try await Self.host(.https(Self.certificates.server))
    let client = Fixture.client(of: host, Self.basic())
    #expect(try await client.inspect(Fixture.name).partialKey == PartialProductKey("B7B7B"))
    #expect(host.state.withLock { $0.connections } == 1)
    try await host.stop()
  }

  @Test func `a wrong password is an authentication failure, and nothing is executed`()
    async throws
  {
    let host = try await Self.host(.https(Self.certificates.server))
    let client = Fixture.client(of: host, Self.basic("planted-secret"))
    let failure = await #expect(throws: LicensingFailure.self) {
      try await client.perform(.activate, on: Fixture.name)
    }
    guard case .authentication(let text) = failure else {
      Issue.record("\(String(describing: failure)) is no authentication failure")
      return
    }
    #expect(text.contains("bob") && !text.contains("planted-secret"))
    #expect(host.log.isEmpty)
    try await host.stop()
  }

  @Test func `a password is not sent to who cannot prove its name`() async throws {
    let host = try await Self.host(.https(Self.certificates.expiredServer))
    let client = Fixture.client(of: host, Self.basic())
    let failure = await #expect(throws: LicensingFailure.self) {
      _ = try await client.inspect(Fixture.name)
    }
    guard case .unreachable = failure else {
      Issue.record("\(String(describing: failure)) is not unreachable")
      return
    }
    try await host.stop()
  }

  // MARK: Certificates

  @Test func `a client certificate is enough`() async throws {
    var door = HostDoor.https(Self.certificates.server)
    door.authority = Self.certificates.authority
    let host = try await Self.host(door)
    let client = Fixture.client(
      of: host, .certificate, certificate: Self.certificates.client)
    #expect(try await client.inspect(Fixture.name).channel == .mak)
    try await host.stop()
  }

  @Test func `an account that is mapped to no certificate is not said to be locked out`()
    async throws
  {
    let host = try await Self.host(.https(Self.certificates.server))
    let client = Fixture.client(of: host, .certificate)
    let failure = await #expect(throws: LicensingFailure.self) {
      _ = try await client.inspect(Fixture.name)
    }
    guard case .unreachable = failure else {
      Issue.record("\(String(describing: failure)) is not unreachable")
      return
    }
    try await host.stop()
  }

  // MARK: Negotiate

  @Test(arguments: Mechanism.allCases, TestCertificates.Signature.allCases)
  func `a handshake is bound to its TLS connection`(
    mechanism: Mechanism, signature: TestCertificates.Signature
  ) async throws {
    let host = try await Self.host(.https(Self.certificates.server(signature)))
    let client = Fixture.client(of: host, Fixture.credential(mechanism))
    #expect(try await client.inspect(Fixture.name).partialKey == PartialProductKey("B7B7B"))
    #expect(host.state.withLock { $0.connections } == 1)
    try await host.stop()
  }

  @Test(arguments: Mechanism.allCases)
  func `behind something that ends TLS nobody gets in, and the binding is named`(
    mechanism: Mechanism
  ) async throws {
    var door = HostDoor.https(Self.certificates.server)
    door.ownCertificate = Self.certificates.ellipticServer.der
    let host = try await Self.host(door)
    let client = Fixture.client(of: host, Fixture.credential(mechanism))
    let failure = await #expect(throws: LicensingFailure.self) {
      _ = try await client.inspect(Fixture.name)
    }
    #expect("\(String(describing: failure))".contains("channel binding"))
    #expect(host.log.isEmpty)
    try await host.stop()
  }

  @Test(arguments: Mechanism.allCases)
  func `a connection that closed while idle is made and bound anew`(
    mechanism: Mechanism
  ) async throws {
    let host = try await Self.host(.https(Self.certificates.server))
    let client = Fixture.client(of: host, Fixture.credential(mechanism))
    _ = try await client.inspect(Fixture.name)
    try await host.hangUp()
    try await client.perform(.activate, on: Fixture.name)
    #expect(host.state.withLock { $0.connections } == 2)
    try await host.stop()
  }

  @Test func `a whole migration over TLS`() async throws {
    let host = try await Self.host(.https(Self.certificates.chainedServer))
    let client = Fixture.client(of: host, Self.basic())
    _ = try await client.inspect(Fixture.name)
    let kmsHost = KMSAddress(name: HostName(folded: "kms01.muster.test"))
    try await client.perform(.setKMS(KMSSetting(kmsHost)), on: Fixture.name)
    try await client.perform(
      .installKey(try ProductKey("BBBBB-CCCCC-DDDDD-FFFFF-B7B7B")), on: Fixture.name)
    host.installClientSetupKey()
    try await client.perform(.activate, on: Fixture.name)
    #expect(host.log.contains("Activate"))
    try await host.stop()
  }
}
