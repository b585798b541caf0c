import Testing
import VolumeActivation

struct `What a host key covers` {
  let keys = ClientSetupKeys.published

  func record(_ product: String, _ edition: EditionID) throws -> ClientSetupKey {
    try #require(keys.record(product: product, edition: edition))
  }

  @Test func `a host key covers its own release and older ones`() throws {
    let server2022 = try record("Windows Server 2022", "ServerStandard")
    #expect(HostKey.windowsServer2022.covers(server2022) == .covered)
    #expect(HostKey.windowsServer2025.covers(server2022) == .covered)
    #expect(
      HostKey.windowsServer2019.covers(server2022)
        == .needsHostKey([.windowsServer2025, .windowsServer2022]))
  }

  @Test func `a host key of 2019 does not know Windows 11, and none but 2025 LTSC 2024`() throws {
    let eleven = try record("Windows 11", "Enterprise")
    #expect(
      HostKey.windowsServer2019.covers(eleven)
        == .needsHostKey([.windowsServer2025, .windowsServer2022]))
    let ltsc = try record("Windows 11 LTSC 2024", "EnterpriseS")
    for hostKey in HostKey.allCases where hostKey != .windowsServer2025 {
      #expect(hostKey.covers(ltsc) == .needsHostKey([.windowsServer2025]))
    }
  }

  @Test func `a client host key activates no server`() {
    for record in keys.records where record.kind == .server {
      #expect(!record.hostKeys.contains(.windows10))
    }
    #expect(HostKey.windows10.kind == .client)
  }

  @Test func `a product that the table does not name is not called covered`() throws {
    #expect(HostKey.windowsServer2025.covers(try record("Windows 8", "Professional")) == .notNamed)
    #expect(
      HostKey.windowsServer2025.covers(try record("Windows 10", "ProfessionalEducation"))
        == .notNamed)
  }

  @Test(arguments: [
    (HostKey.windowsServer2025, KMSHostSystem.server2022, "Windows Server 2025", "KB5034765"),
    (.windowsServer2025, .server2022, "Windows Server 2019", "KB5034765"),
    (.windowsServer2025, .server2019, "Windows Server 2022", "KB5034768"),
    (.windowsServer2022, .server2019, "Windows Server 2022", "KB5003646"),
    (.windowsServer2022, .server2016, "Windows Server 2022", "KB5003638"),
    (.windowsServer2019, .server2016, "Windows Server 2019", "KB4478877"),
    (.windowsServer2019, .server2012R2, "Windows Server 2019", "KB4467695"),
    (.windowsServer2016, .server2012R2, "Windows Server 2016", "KB3172614"),
    (.windowsServer2016, .server2012, "Windows Server 2012 R2", "KB3172615"),
  ])
  func `an older KMS host needs an update`(
    hostKey: HostKey, system: KMSHostSystem, product: String, update: String
  ) throws {
    let record = try record(product, "ServerStandard")
    #expect(hostKey.covers(record, on: system) == .coveredWithUpdate(update))
  }

  @Test func `a host key on its own release needs no update`() throws {
    let server2022 = try record("Windows Server 2022", "ServerStandard")
    #expect(HostKey.windowsServer2022.covers(server2022, on: .server2022) == .covered)
    #expect(HostKey.windowsServer2025.covers(server2022, on: .server2025) == .covered)
    let ten = try record("Windows 10", "Enterprise")
    #expect(HostKey.windows10.covers(ten, on: .windows10) == .covered)
    #expect(HostKey.windows10.covers(ten, on: .windows7) == .coveredWithUpdate("KB3079821"))
    let ltsb = try record("Windows 10 LTSB 2015", "EnterpriseS")
    #expect(HostKey.windows10.covers(ltsb, on: .windows81) == .coveredWithUpdate("KB3172614"))
    let seven = try record("Windows 7", "Professional")
    #expect(HostKey.windowsServer2016.covers(seven, on: .server2016) == .covered)
  }

  @Test func `the system of a KMS host is told from its version and build`() {
    let ten = NTVersion(10, 0)
    #expect(KMSHostSystem(kind: .server, version: ten, build: 20348) == .server2022)
    #expect(KMSHostSystem(kind: .server, version: ten, build: 26100) == .server2025)
    #expect(KMSHostSystem(kind: .client, version: ten, build: 17763) == .windows10)
    #expect(KMSHostSystem(kind: .client, version: ten, build: 26100) == nil)
    #expect(KMSHostSystem(kind: .server, version: NTVersion(6, 3), build: 9600) == .server2012R2)
    #expect(KMSHostSystem(kind: .client, version: NTVersion(6, 1), build: 7601) == .windows7)
  }

  @Test func `a host key is read as people write it`() {
    #expect(HostKey(name: "Windows Server 2022") == .windowsServer2022)
    #expect(HostKey(name: "windows server 2019") == .windowsServer2019)
    #expect(HostKey(name: "Server 2016") == .windowsServer2016)
    #expect(HostKey(name: "Windows 10") == .windows10)
    #expect(HostKey(name: "Windows Server 2012 R2") == nil)
    #expect(HostKey(name: "") == nil)
  }

  @Test(arguments: HostKey.allCases)
  func `a host key runs on the releases that Microsoft names for it`(hostKey: HostKey) {
    #expect(hostKey.systems.count == 3)
    #expect(hostKey.systems.first?.rawValue == hostKey.rawValue)
    #expect(HostKey(name: hostKey.rawValue) == hostKey)
  }

  @Test func `thresholds are 25 for clients and 5 for servers`() {
    #expect(ProductKind.client.threshold == 25)
    #expect(ProductKind.server.threshold == 5)
  }
}
