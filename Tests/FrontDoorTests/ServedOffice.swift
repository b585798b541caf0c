import Curl
import Execution
import FrontDoor
import Negotiate
import Planning
import SimulatedFleet
import TestCertificates
import TestRealm
import VolumeActivation
import WSManSession
import WindowsLicensing

/// A machine on a MAK and the KMS host of its office, behind a door of their own.
struct ServedOffice {
  static let name = HostName(folded: TestRealm.host)
  static let kmsHost = KMSAddress(name: HostName(folded: "kms01.muster.test"))
  static let password = TestRealm.password

  /// How a client reaches the machine.
  enum Way: CaseIterable, Sendable {
    case sealedKerberos, sealedNTLM
    case kerberosOverHTTPS, ntlmOverHTTPS, basic, certificate

    var scheme: Endpoint.Scheme {
      switch self {
      case .sealedKerberos, .sealedNTLM: .http
      case .kerberosOverHTTPS, .ntlmOverHTTPS, .basic, .certificate: .https
      }
    }
  }

  let fleet: MemoryFleet
  let client: WindowsClient
  /// Where its door is, on 127.0.0.1, which is the machine's own address.
  let port: UInt16

  /// Serves the office while `body` runs.
  @discardableResult
  static func open<Result: Sendable>(
    reachedBy way: Way = .sealedNTLM, password: String = TestRealm.password,
    fault: @escaping @Sendable (Int) -> WireFault? = { _ in nil },
    _ body: @Sendable (ServedOffice) async throws -> Result
  ) async throws -> Result {
    let fleet = MemoryFleet(try machines())
    let terms = DoorTerms(
      keys: keys, localUsers: [UserName("bob"): Secret(Self.password)], acceptsCertificates: true,
      hardening: .strict, fault: { _, ordinal in fault(ordinal) })
    let door = FrontDoor(
      try SimulatedWindows(fleet, clock: SystemClock()), terms,
      directory: HostDirectory(["127.0.0.1": name]))
    let listener = FrontDoor.Listener(tls: way.scheme == .https ? try identity() : nil)
    return try await door.serve([listener]) { ports in
      let office = ServedOffice(
        fleet: fleet, client: client(way, password: password, port: ports[0]), port: ports[0])
      return try await body(office)
    }
  }

  private static let keys: AcceptorKeys = {
    let realm = TestRealm.shared
    do { try realm.write("door-users", "MUSTER:bob:\(password)\n") } catch {
      fatalError("\(error)")
    }
    return AcceptorKeys(keytab: realm.keytab, ntlmUserFile: realm.path("door-users"))
  }()

  private static func identity() throws -> TLSIdentity {
    let server = TestCertificates.shared.server
    return try TLSIdentity(
      certificates: server.certificates, key: server.key,
      clientAuthority: TestCertificates.shared.authority)
  }

  private static func client(_ way: Way, password: String, port: UInt16) -> WindowsClient {
    let certificates = TestCertificates.shared
    var trust = Endpoint.Trust(authorities: certificates.authority)
    if way == .certificate {
      trust.certificate = Endpoint.ClientCertificate(
        certificate: certificates.client.certificates, key: certificates.client.key)
    }
    let nowhereElse = Endpoint.Address(host: "127.0.0.1", port: port)
    return WindowsClient(
      HostAccess { [trust] name in
        Endpoint(
          scheme: way.scheme, host: name.rawValue, port: way.scheme == .https ? 5986 : 5985,
          address: nowhereElse, trust: trust)
      } authentication: { name in
        authentication(way, password, ServiceName(host: name.rawValue))
      })
  }

  private static func authentication(
    _ way: Way, _ password: String, _ service: ServiceName
  ) -> Authentication {
    switch way {
    case .sealedKerberos, .kerberosOverHTTPS:
      .negotiate(
        .password(
          Secret(password), of: UserName("alice@\(TestRealm.name)"), mechanisms: [.kerberos]),
        service)
    case .sealedNTLM, .ntlmOverHTTPS:
      .negotiate(
        .password(Secret(password), of: UserName("MUSTER\\bob"), mechanisms: [.ntlm]), service)
    case .basic: .basic(user: "bob", Secret(password))
    case .certificate: .certificate
    }
  }

  private static func machines() throws -> SimulatedFleet {
    var profile = HostProfile(
      name: name, site: "office", kind: .client, product: "Windows 10",
      edition: EditionID(rawValue: "Enterprise"), version: NTVersion(10, 0), build: 19045,
      original: KeySlot(rawValue: 1), target: KeySlot(rawValue: 2), licence: .permanent,
      machine: nil)
    profile.discovers = nil
    let account = ActivationService.Account(endsWith: try partial("B7B7B"), left: 5)
    var host = KMSHostProfile(address: kmsHost, hostKey: "Windows Server 2022", count: 40)
    host.build = 20348
    let blueprint = FleetBlueprint(
      profiles: [profile], kmsHosts: [host],
      keys: [
        FleetKey(endsWith: try partial("B7B7B"), channel: .mak, account: 0),
        FleetKey(endsWith: try partial("2YT43"), channel: .kmsClient),
      ], accounts: [account], planned: 1, wanted: [KMSSetting(kmsHost)],
      asOf: SystemClock().now())
    return SimulatedFleet(blueprint, seed: 1, tempo: .instant)
  }

  struct NoKey: Error {}

  private static func partial(_ text: String) throws -> PartialProductKey {
    guard let key = PartialProductKey(text) else { throw NoKey() }
    return key
  }

  /// Windows 10 Enterprise's client setup key, as Microsoft publishes it.
  static func clientSetupKey() throws -> ProductKey {
    try ProductKey("NPPR9-FWDCX-D2C8J-H872K-2YT43")
  }

  /// What was done to the machine, oldest first.
  func deeds() throws -> [Deed.Kind] {
    try fleet.use(at: SystemClock().now()) { $0.ledger.map(\.kind) }
  }
}
