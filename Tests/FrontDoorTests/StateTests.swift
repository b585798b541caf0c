import FrontDoor
import SimulatedFleet
import Testing
import VolumeActivation
import WSMan

/// What hosts show is what the fleet knows of them.
struct StateTests {
  private static func mixed() throws -> FleetBlueprint {
    var number = 0
    return try Models.fleet { profile in
      number += 1
      profile.hasKMSClientLicense = number % 3 != 0
      profile.productSetting = number % 4 == 0 ? KMSSetting(name: profile.name, port: 99) : nil
      profile.activationTypeEnabled = UInt8(number % 4)
      profile.uuid = number % 5 == 0 ? nil : profile.uuid
      if number % 7 == 0 { profile.setting = KMSSetting(name: profile.name, port: 1700) }
      if number % 6 == 0, let key = PartialProductKey("YYYYY") { profile.licensedAddOns = [key] }
    }
  }

  @Test(arguments: Model.allCases, Models.channels)
  func `the machine is that of the fleet`(model: Model, channel: Channel) async throws {
    let served = try ServedFleet(try Self.mixed())
    let host = try model.host(channel)
    let reading = Reading(served: served, host: host, model: model)
    let state = try served.state(host)
    let system = try await reading.only(
      ["Version", "BuildNumber", "ProductType", "LocalDateTime", "LastBootUpTime"],
      from: "Win32_OperatingSystem")
    #expect(try system.string("Version") == "\(state.version).\(state.build)")
    #expect(try system.integer("BuildNumber", as: Int.self) == state.build)
    #expect(try system.integer("ProductType", as: Int.self) == (state.kind == .client ? 1 : 3))
    #expect(
      try system.dateTime("LocalDateTime")?.microsecondsSince1970 == state.clock.rawValue * 1000)
    #expect(
      try system.dateTime("LastBootUpTime")?.microsecondsSince1970
        == state.bootedAt.rawValue * 1000)
    let computer = try await reading.only(
      ["DNSHostName", "Domain", "PartOfDomain"], from: "Win32_ComputerSystem")
    #expect(
      "\(try computer.string("DNSHostName") ?? "").\(try computer.string("Domain") ?? "")"
        == host.rawValue)
    #expect(try computer.boolean("PartOfDomain") == true)
    let product = try await reading.only(["UUID"], from: "Win32_ComputerSystemProduct")
    #expect(try product.string("UUID") == state.uuid?.uppercased())
  }

  @Test(arguments: Model.allCases, Models.channels)
  func `the licence is that of the fleet`(model: Model, channel: Channel) async throws {
    let served = try ServedFleet(try Self.mixed())
    let host = try model.host(channel)
    let reading = Reading(served: served, host: host, model: model)
    let state = try served.state(host)
    let product = try await reading.product([
      "Description", "PartialProductKey", "LicenseStatus", "LicenseStatusReason",
      "GracePeriodRemaining", "LicenseFamily", "OfflineInstallationId",
    ])
    #expect((product == nil) == (channel == .none))
    guard let product else { return }
    #expect(try product.string("PartialProductKey") == state.partialKey?.rawValue)
    #expect(try product.integer("LicenseStatus") == state.status.rawValue)
    #expect(try product.hresult("LicenseStatusReason") == state.statusReason)
    #expect(try product.integer("GracePeriodRemaining") == state.graceMinutes)
    #expect(try product.string("LicenseFamily") == state.edition.rawValue)
    #expect(try product.string("OfflineInstallationId") == state.installationID?.rawValue)
    let words: [Channel: String] = [
      .mak: "VOLUME_MAK", .kmsClient: "VOLUME_KMSCLIENT", .retail: "RETAIL", .oem: "OEM_DM",
      .kmsHost: "VOLUME_KMS_C", .evaluation: "TIMEBASED_EVAL",
      .avma: "VIRTUAL_MACHINE_ACTIVATION", .subscription: "TIMEBASED_SUB",
    ]
    let description = try #require(try product.string("Description"))
    #expect(description.hasSuffix(", \(words[channel] ?? "none") channel"))
    #expect(
      description.hasPrefix(
        model.isNewest ? "Windows(R) Operating System, " : "Windows Operating System - "))
  }

  @Test(arguments: Model.allCases.filter { !$0.isOldest }, Models.channels)
  func `settings are those of the fleet, by service and by product`(
    model: Model, channel: Channel
  ) async throws {
    let served = try ServedFleet(try Self.mixed())
    let host = try model.host(channel)
    let reading = Reading(served: served, host: host, model: model)
    let state = try served.state(host)
    let columns: [CIMName] = ["KeyManagementServiceMachine", "KeyManagementServicePort"]
    let service = try await reading.only(
      columns + ["ClientMachineID"], from: "SoftwareLicensingService")
    #expect(try service.string(columns[0]) == state.kmsSetting.name?.rawValue)
    #expect(try service.integer(columns[1]) == state.kmsSetting.port ?? 0)
    #expect(try service.string("ClientMachineID") == state.clientMachineID?.description)
    guard
      let product = try await reading.product(
        columns + ["DiscoveredKeyManagementServiceMachineName"])
    else { return }
    #expect(try product.string(columns[0]) == state.productKMSSetting?.name?.rawValue)
    #expect(try product.integer(columns[1]) == state.productKMSSetting?.port ?? 0)
    #expect(
      try product.string("DiscoveredKeyManagementServiceMachineName")
        == state.lastKMSHost?.rawValue)
    guard model.isNewest,
      let newest = try await reading.product(["VLActivationTypeEnabled", "VLActivationType"])
    else { return }
    #expect(try newest.integer("VLActivationTypeEnabled") == state.activationTypeEnabled)
    #expect(try newest.integer("VLActivationType") == state.activationType)
  }

  @Test(arguments: Model.allCases, Models.channels)
  func `the KMS client licence and add-ons are there or not as in the fleet`(
    model: Model, channel: Channel
  ) async throws {
    let served = try ServedFleet(try Self.mixed())
    let host = try model.host(channel)
    let reading = Reading(served: served, host: host, model: model)
    let state = try served.state(host)
    let family = WQLQuery.Condition.equal("LicenseFamily", .string(state.edition.rawValue))
    let byChannel: [WQLQuery.Condition] =
      model.isNewest ? [.equal("ProductKeyChannel", .string("Volume:GVLK"))] : []
    let texts = try await reading.rows(
      ["Description"], from: "SoftwareLicensingProduct",
      where: [Reading.windows, family] + byChannel
    ).map { try $0.string("Description") ?? "" }
    #expect(
      texts.contains { $0.contains("KMSCLIENT") }
        == (state.hasKMSClientLicense || channel == .kmsClient))
    let addOns = try await reading.rows(
      ["PartialProductKey"], from: "SoftwareLicensingProduct",
      where: [
        Reading.windows, .isPresent("PartialProductKey"), .equal("LicenseIsAddon", .boolean(true)),
        .equal("LicenseStatus", .number(1)),
      ]
    ).map { try $0.string("PartialProductKey") }
    #expect(addOns == state.licensedAddOns.map(\.rawValue))
  }

  @Test func `a query that forgets ApplicationID finds Office on Windows 8 and later`()
    async throws
  {
    let served = try ServedFleet(try Models.fleet(channels: [.mak]))
    for model in Model.allCases {
      let rows = try await served.query(
        ["ID"], from: "SoftwareLicensingProduct", where: [.isPresent("PartialProductKey")],
        on: try model.host(.mak))
      #expect(rows.count == (model.isNewest ? 2 : 1))
    }
  }

  @Test func `the edition of a machine without a key stands in its registry`() async throws {
    let served = try ServedFleet(try Models.fleet(channels: [.none]))
    for model in Model.allCases {
      let reading = Reading(served: served, host: try model.host(.none), model: model)
      let windows = #"SOFTWARE\Microsoft\Windows NT\CurrentVersion"#
      let edition = try await reading.registry(windows, "EditionID")
      #expect(edition.returnValue == 0)
      #expect(try edition.output.string("sValue") == model.edition.rawValue)
      let value = try await reading.registry(windows, "Nothing")
      #expect(value.returnValue == 1)
      #expect(try value.output.string("sValue") == nil)
      #expect(try await reading.registry(#"SOFTWARE\Nothing"#, "EditionID").returnValue == 2)
    }
  }
}
