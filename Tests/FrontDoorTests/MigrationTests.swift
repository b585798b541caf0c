import FrontDoor
import SimulatedFleet
import Testing
import VolumeActivation
import WSMan

/// Whole sequences of calls, as a migration makes them.
struct MigrationTests {
  private static let registryKey: CIMObject = [
    "hDefKey": 0x8000_0002,
    "sSubKeyName": #"SOFTWARE\Microsoft\Windows NT\CurrentVersion\SL"#,
    "sValueName": "KeyManagementServicePort",
  ]

  private static func setPort(
    _ port: UInt16?, of service: InstancePath, _ reading: Reading
  ) async throws {
    let served = reading.served
    switch (reading.model.isOldest, port) {
    case (true, let port?):
      var parameters = registryKey
      parameters.properties.append(CIMObject.Property("sValue", .string(String(port))))
      try await served.call(
        "SetStringValue", of: InstancePath(.registry), parameters, on: reading.host)
    case (true, nil):
      try await served.call(
        "DeleteValue", of: InstancePath(.registry), registryKey, on: reading.host)
    case (false, let port?):
      try await served.call(
        "SetKeyManagementServicePort", of: service, ["PortNumber": .unsigned(UInt64(port))],
        on: reading.host)
    case (false, nil):
      try await served.call("ClearKeyManagementServicePort", of: service, on: reading.host)
    }
  }

  private static func install(
    _ key: String, of service: InstancePath, _ reading: Reading
  ) async throws {
    try await reading.served.call(
      "InstallProductKey", of: service, ["ProductKey": .string(key)], on: reading.host)
    try await reading.served.call("RefreshLicenseStatus", of: service, on: reading.host)
  }

  @Test(arguments: Model.allCases)
  func `a host is migrated over the wire, and each deed is done once`(model: Model) async throws {
    let served = try ServedFleet(try Models.fleet(channels: [.mak]))
    let host = try model.host(.mak)
    let reading = Reading(served: served, host: host, model: model)
    let service = try await reading.service()
    let before = try await reading.productPath()
    try await served.call(
      "SetKeyManagementServiceMachine", of: service,
      ["MachineName": .string(try Models.kmsHost().rawValue)], on: host)
    try await Self.install(Models.clientKey, of: service, reading)
    let after = try await reading.productPath()
    #expect(after != before)
    #expect(try served.state(host).status != .licensed)
    try await served.call("Activate", of: after, on: host, timeout: .seconds(120))
    let state = try served.state(host)
    #expect(state.channel == .kmsClient)
    #expect(state.status == .licensed)
    #expect(state.kmsSetting == KMSSetting(name: try Models.kmsHost()))
    #expect(try served.deeds().map(\.kind) == [.setKMS, .installKey, .activate])
    #expect(try served.deeds().allSatisfy { $0.refused == nil })
  }

  @Test(arguments: Model.allCases)
  func `a host goes back by its confirmation ID, which spends nothing`(
    model: Model
  ) async throws {
    let served = try ServedFleet(try Models.fleet(channels: [.kmsClient]))
    let host = try model.host(.kmsClient)
    let reading = Reading(served: served, host: host, model: model)
    try await Self.install(Models.mak, of: try await reading.service(), reading)
    let row = try #require(try await reading.product(["OfflineInstallationId"]))
    let installation = InstallationID(
      rawValue: try #require(try row.string("OfflineInstallationId")))
    let confirmation = try served.home.use(at: served.clock.now()) {
      $0.confirmationID(for: installation)
    }
    try await served.call(
      "DepositOfflineConfirmationId", of: try await reading.productPath(),
      [
        "InstallationId": .string(installation.rawValue),
        "ConfirmationId": .string(confirmation.rawValue),
      ], on: host)
    let state = try served.state(host)
    #expect(state.channel == .mak)
    #expect(state.status == .licensed)
    #expect(state.graceMinutes == 0)
    #expect(try served.deeds().map(\.kind) == [.installKey, .deposit])
    #expect(try served.deeds().allSatisfy { $0.spent == nil })
  }

  @Test(arguments: Model.allCases)
  func `a name and a port are set and cleared, and each keeps the other`(
    model: Model
  ) async throws {
    let served = try ServedFleet(try Models.fleet(channels: [.mak]))
    let host = try model.host(.mak)
    let reading = Reading(served: served, host: host, model: model)
    let service = try await reading.service()
    let name = try Models.kmsHost()
    func setting() throws -> KMSSetting { try served.state(host).kmsSetting }
    try await Self.setPort(1700, of: service, reading)
    #expect(try setting() == KMSSetting(port: 1700))
    try await served.call(
      "SetKeyManagementServiceMachine", of: service, ["MachineName": .string(name.rawValue)],
      on: host)
    #expect(try setting() == KMSSetting(name: name, port: 1700))
    try await Self.setPort(nil, of: service, reading)
    #expect(try setting() == KMSSetting(name: name))
    try await Self.setPort(1701, of: service, reading)
    try await served.call("ClearKeyManagementServiceMachine", of: service, on: host)
    #expect(try setting() == KMSSetting(port: 1701))
  }

  @Test func `the port of the oldest generation stands in the registry`() async throws {
    let served = try ServedFleet(
      try Models.fleet([.vista], channels: [.mak]) { $0.setting = KMSSetting(port: 1700) })
    let host = try Model.vista.host(.mak)
    let reading = Reading(served: served, host: host, model: .vista)
    let key = #"software\microsoft\windows nt\CurrentVersion\SL"#
    let port = try await reading.registry(key, "KeyManagementServicePort")
    #expect(try port.output.string("sValue") == "1700")
    #expect(try await reading.registry(key, "KeyManagementServiceName").returnValue == 1)
  }

  @Test(arguments: Model.allCases)
  func `a code of licensing comes as a fault, in the generation's shape`(
    model: Model
  ) async throws {
    let kmsHost = try Models.host(count: 0)
    let served = try ServedFleet(try Models.fleet(channels: [.mak], kmsHosts: [kmsHost]))
    let host = try model.host(.mak)
    let reading = Reading(served: served, host: host, model: model)
    let service = try await reading.service()
    func refusal(_ operation: WSMan.Operation) async throws -> HRESULT? {
      let fault = try await served.fault(operation, to: host)
      #expect(fault.subcode == .internalError)
      #expect((fault.wmi != nil) == model.isNewest)
      #expect(fault.codes.isEmpty == model.isNewest)
      return fault.hresult
    }
    let wrong = try await refusal(
      .invoke("InstallProductKey", of: service, ["ProductKey": "no key at all"]))
    #expect(wrong == HRESULT(rawValue: 0xC004_F050))
    try await Self.install(Models.clientKey, of: service, reading)
    let nobody = try await refusal(
      .invoke("Activate", of: try await reading.productPath(), CIMObject()))
    #expect(nobody == .noKMSHost)
    try await served.call(
      "SetKeyManagementServiceMachine", of: service,
      ["MachineName": .string(kmsHost.address.name.rawValue)], on: host)
    let alone = try await refusal(
      .invoke("Activate", of: try await reading.productPath(), CIMObject()))
    #expect(alone == .countTooLow)
  }
}
