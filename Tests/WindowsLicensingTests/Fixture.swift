import Curl
import Negotiate
import TestCertificates
import TestRealm
import VolumeActivation
import WSMan
import WSManSession
import WindowsLicensing

/// What the tests' hosts and clients have.
enum Fixture {
  static let realm = TestRealm.shared

  private static let userFile: String = {
    do { try realm.write("wmi-users", "MUSTER:bob:\(TestRealm.password)\n") } catch {
      fatalError("\(error)")
    }
    return realm.path("wmi-users")
  }()

  static let keys = AcceptorKeys(keytab: realm.keytab, ntlmUserFile: userFile)

  static func credential(
    _ mechanism: Mechanism, password: String = TestRealm.password
  ) -> Credential {
    let user = mechanism == .kerberos ? "alice@\(TestRealm.name)" : "MUSTER\\bob"
    return .password(Secret(password), of: UserName(user), mechanisms: [mechanism])
  }

  static let kerberos = credential(.kerberos)

  static func client(
    of host: ScriptedHost, _ credential: Credential = Fixture.kerberos, connections: Int = 256,
    patience: Duration = .seconds(60)
  ) -> WindowsClient {
    client(
      of: host, .negotiate(credential, ScriptedHost.service), connections: connections,
      patience: patience)
  }

  /// - Parameter certificate: What the client shows over TLS.
  static func client(
    of host: ScriptedHost, _ authentication: Authentication,
    certificate: TestCertificates.Identity? = nil, connections: Int = 256,
    patience: Duration = .seconds(60)
  ) -> WindowsClient {
    let port = host.port
    let isSecure = host.door.identity != nil
    let trust = Endpoint.Trust(
      authorities: TestCertificates.shared.authority,
      certificate: certificate.map {
        Endpoint.ClientCertificate(certificate: $0.certificates, key: $0.key)
      })
    let access = HostAccess { name in
      Endpoint(
        scheme: isSecure ? .https : .http, host: name.rawValue, port: isSecure ? 5986 : 5985,
        address: Endpoint.Address(host: "127.0.0.1", port: port), trust: trust)
    } authentication: { _ in
      authentication
    }
    return WindowsClient(access, connections: connections, patience: patience)
  }

  static let name = HostName(folded: TestRealm.host)

  private static func date(_ text: String) -> CIMValue {
    CIMDateTime(text.utf8).map(CIMValue.dateTime) ?? .null
  }

  /// A MAK machine of a generation, with the columns that the generation has and no other ones.
  static func table(_ version: String, isKMSHost: Bool = false) -> [String: [CIMObject]] {
    let isVista = version.hasPrefix("6.0")
    let hasTypes = !isVista && !version.hasPrefix("6.1")
    var service: CIMObject = [
      "Version": .string(version + ".1"),
      "ClientMachineID": "6b5e8a4e-1f0c-4f6f-9d8e-0a1b2c3d4e5f",
      "KeyManagementServiceMachine": "",
    ]
    var product: CIMObject = [
      "ID": "11111111-2222-3333-4444-555555555555", "ApplicationID": .string(windows),
      "Description": .string(
        "Windows Operating System, \(isKMSHost ? "VOLUME_KMS_WS22" : "VOLUME_MAK") channel"),
      "PartialProductKey": "B7B7B", "LicenseStatus": 1, "GracePeriodRemaining": 0,
      "LicenseIsAddon": false, "LicenseFamily": "Professional", "OfflineInstallationId": "123456",
    ]
    let counters: CIMObject = [
      "IsKeyManagementServiceMachine": isKMSHost ? 1 : 0,
      "KeyManagementServiceCurrentCount": isKMSHost ? 30 : 4_294_967_295,
      "KeyManagementServiceTotalRequests": 4_294_967_295,
    ]
    if isVista {
      service.properties += counters.properties
    } else {
      service.properties.append(CIMObject.Property("KeyManagementServicePort", 0))
      product.properties += counters.properties
      let later: CIMObject = [
        "LicenseStatusReason": 0x4004_F040, "KeyManagementServiceMachine": nil,
        "KeyManagementServicePort": 0, "DiscoveredKeyManagementServiceMachineName": nil,
      ]
      product.properties += later.properties
    }
    if hasTypes {
      let types: CIMObject = [
        "VLActivationTypeEnabled": 0, "VLActivationType": 0, "ProductKeyChannel": "Volume:MAK",
      ]
      product.properties += types.properties
    }
    var client = product
    client.properties = client.properties.map { property in
      switch property.name.rawValue {
      case "Description":
        CIMObject.Property(property.name, "Windows Operating System, VOLUME_KMSCLIENT channel")
      case "PartialProductKey": CIMObject.Property(property.name, nil)
      case "ProductKeyChannel": CIMObject.Property(property.name, "Volume:GVLK")
      default: property
      }
    }
    return [
      "Win32_OperatingSystem": [
        [
          "Version": .string(version), "BuildNumber": "19045", "ProductType": 1,
          "LocalDateTime": date("20260102030405.000000+000"),
          "LastBootUpTime": date("20260101030405.000000+000"),
        ]
      ],
      "Win32_ComputerSystem": [
        ["DNSHostName": "pc01", "Domain": "muster.test", "PartOfDomain": true]
      ],
      "Win32_ComputerSystemProduct": [["UUID": "4C4C4544-0000-1111-2222-333333333333"]],
      "SoftwareLicensingService": [service],
      "SoftwareLicensingProduct": [product, client],
    ]
  }

  private static let windows = "55c92734-d682-4d71-983e-d6ec3f16059f"
}
