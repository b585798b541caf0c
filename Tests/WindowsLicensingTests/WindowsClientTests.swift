import Execution
import Negotiate
import Synchronization
import TestRealm
import Testing
import VolumeActivation
import WSMan
import WindowsLicensing

@Suite struct WindowsClientTests {
  private static func key() throws -> ProductKey { try ProductKey("BBBBB-CCCCC-DDDDD-FFFFF-B7B7B") }
  private static let kmsHost = KMSAddress(name: HostName(folded: "kms01.muster.test"))

  // MARK: Looks

  @Test(arguments: ["6.0.6002", "6.1.7601", "6.3.9600", "10.0.19045"])
  func `a look asks each generation for columns that it has`(version: String) async throws {
    let host = try await ScriptedHost(Fixture.table(version))
    let state = try await Fixture.client(of: host).inspect(Fixture.name)
    #expect(state.channel == .mak)
    #expect(state.status == .licensed)
    #expect(state.edition == "Professional")
    #expect(state.hasKMSClientLicense)
    #expect(state.computerName == Fixture.name)
    #expect(state.kmsSetting == .discovered)
    #expect(state.clock - state.bootedAt == .days(1))
    try await host.stop()
  }

  @Test func `a look never asks for all columns`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    _ = try await Fixture.client(of: host).inspect(Fixture.name)
    #expect(host.state.withLock { $0.queries.allSatisfy { !$0.contains("*") } })
    try await host.stop()
  }

  @Test(arguments: Mechanism.allCases)
  func `both mechanisms seal what is asked and answered`(mechanism: Mechanism) async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host, Fixture.credential(mechanism))
    #expect(try await client.inspect(Fixture.name).partialKey == PartialProductKey("B7B7B"))
    try await host.stop()
  }

  @Test func `a KMS host's count is read, and what does not apply is nothing`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.20348", isKMSHost: true))
    let state = try await Fixture.client(of: host).readKMSHost(KMSAddress(name: Fixture.name))
    #expect(state.currentCount == 30)
    #expect(state.totalRequests == nil)
    #expect(state.isKMSHost && state.isLicensed)
    #expect(state.hostKey == "Windows Server 2022")
    try await host.stop()
  }

  // MARK: Changes

  @Test func `a migration's looks take six requests and two, and its steps six`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host)
    let first = try await client.inspect(Fixture.name)
    #expect(host.log.count == 6)
    try await client.perform(.setKMS(KMSSetting(Self.kmsHost)), on: Fixture.name)
    try await client.perform(.installKey(try Self.key()), on: Fixture.name)
    host.installClientSetupKey()
    try await client.perform(.activate, on: Fixture.name)
    #expect(
      host.log.dropFirst(6) == [
        "SetKeyManagementServiceMachine", "InstallProductKey", "RefreshLicenseStatus",
        "SoftwareLicensingProduct", "Activate", "RefreshLicenseStatus",
      ])
    let last = try await client.inspect(Fixture.name)
    #expect(host.log.dropFirst(12) == ["SoftwareLicensingService", "SoftwareLicensingProduct"])
    #expect(last.clock >= first.clock && last.bootedAt == first.bootedAt)
    #expect(host.state.withLock { $0.connections } == 1)
    try await host.stop()
  }

  @Test func `a licensed MAK is not activated again from Windows 8 on`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    try await Fixture.client(of: host).perform(.activate, on: Fixture.name)
    #expect(!host.log.contains("Activate"))
    let seven = try await ScriptedHost(Fixture.table("6.1.7601"))
    try await Fixture.client(of: seven).perform(.activate, on: Fixture.name)
    #expect(seven.log.contains("Activate"))
    try await host.stop()
    try await seven.stop()
  }

  @Test func `the former name is put back when the port is refused`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    host.react("SetKeyManagementServicePort", .result(0x8007_0057))
    let other = KMSSetting(name: Self.kmsHost.name, port: 1700)
    await #expect(throws: LicensingFailure.refused(HRESULT(rawValue: 0x8007_0057))) {
      try await Fixture.client(of: host).perform(.setKMS(other), on: Fixture.name)
    }
    #expect(host.log.last == "ClearKeyManagementServiceMachine")
    try await host.stop()
  }

  // MARK: Failures

  @Test(arguments: [Answer.FaultShape.management, .provider, .wmi])
  func `a code of licensing is found in each shape of a fault`(
    shape: Answer.FaultShape
  ) async throws {
    let host = try await ScriptedHost(Fixture.table("6.1.7601"))
    let fault = WSManFault(
      .receiver, .internalError, reason: "failed", codes: [0xC004_F074],
      wmi: WMIFault(code: 0xC004_F074, type: "HRESULT", messageID: nil, message: "failed"))
    host.react("Activate", .fault(fault, shape))
    await #expect(throws: LicensingFailure.refused(.noKMSHost)) {
      try await Fixture.client(of: host).perform(.activate, on: Fixture.name)
    }
    try await host.stop()
  }

  @Test func `a time-out at the host leaves open whether it was done`() async throws {
    let host = try await ScriptedHost(Fixture.table("6.1.7601"))
    let fault = WSManFault(.receiver, .timedOut, reason: "late", codes: [0x8033_8029])
    host.react("Activate", .fault(fault, .management))
    try await Self.expectLost("Activate", at: host)
  }

  @Test(arguments: [
    ScriptedHost.Reaction.hangUp, .unrelated, .unsealed, .tampered, .trailing, .status(500),
  ])
  func `nothing that nobody vouches for is a result, and nothing is sent twice`(
    reaction: ScriptedHost.Reaction
  ) async throws {
    let host = try await ScriptedHost(Fixture.table("6.1.7601"))
    host.react("Activate", reaction)
    try await Self.expectLost("Activate", at: host)
  }

  private static func expectLost(_ method: String, at host: ScriptedHost) async throws {
    let failure = await #expect(throws: LicensingFailure.self) {
      try await Fixture.client(of: host).perform(.activate, on: Fixture.name)
    }
    guard case .lost = failure else {
      Issue.record("\(String(describing: failure)) is not lost")
      return
    }
    #expect(host.log.filter { $0 == method }.count == 1)
    try await host.stop()
  }

  @Test func `a connection that closed while idle is made anew`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host)
    _ = try await client.inspect(Fixture.name)
    try await host.hangUp()
    try await client.perform(.activate, on: Fixture.name)
    #expect(host.state.withLock { $0.connections } == 2)
    try await host.stop()
  }

  @Test func `a wrong password is an authentication failure and sends nothing`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host, Fixture.credential(.ntlm, password: "planted-secret"))
    let failure = await #expect(throws: LicensingFailure.self) {
      _ = try await client.inspect(Fixture.name)
    }
    guard case .authentication(let text) = failure else {
      Issue.record("\(String(describing: failure)) is no authentication failure")
      return
    }
    #expect(!text.contains("planted-secret"))
    #expect(host.log.isEmpty)
    try await host.stop()
  }

  @Test func `nobody who listens is unreachable`() async throws {
    let host = try await ScriptedHost([:])
    let client = Fixture.client(of: host)
    try await host.stop()
    let failure = await #expect(throws: LicensingFailure.self) {
      _ = try await client.inspect(Fixture.name)
    }
    guard case .unreachable = failure else {
      Issue.record("\(String(describing: failure)) is not unreachable")
      return
    }
  }
}
