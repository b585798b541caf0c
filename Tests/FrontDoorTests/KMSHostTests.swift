import FrontDoor
import SimulatedFleet
import Testing
import VolumeActivation
import WSMan

/// KMS hosts, which are machines behind the door whether or not anybody migrates them.
struct KMSHostTests {
  private static let counters: [CIMName] = [
    "IsKeyManagementServiceMachine", "KeyManagementServiceCurrentCount",
    "KeyManagementServiceTotalRequests",
  ]

  private static func profiles() throws -> [KMSHostProfile] {
    var oldest = try Models.host(count: 30, name: "kms60.contoso.com")
    oldest.version = NTVersion(6, 0)
    oldest.build = 6002
    oldest.hostKey = nil
    var stopped = try Models.host(count: 30, name: "kms02.contoso.com")
    stopped.isKMSHost = false
    var unlicensed = try Models.host(count: 7, name: "kms03.contoso.com")
    unlicensed.isLicensed = false
    unlicensed.hostKey = "Windows 10"
    return [
      try Models.host(count: 30), oldest, stopped, unlicensed,
      try Models.host(count: 0, name: "kms04.contoso.com"),
    ]
  }

  @Test(arguments: 0..<5)
  func `a KMS host tells its count as the fleet knows it`(place: Int) async throws {
    let profiles = try Self.profiles()
    let served = try ServedFleet(try Models.fleet(channels: [.mak], kmsHosts: profiles))
    let host = profiles[place].address.name
    let isOldest = profiles[place].version == NTVersion(6, 0)
    let truth = try served.home.use(at: served.clock.now()) {
      $0.state(ofKMSHost: place, at: $0.now)
    }
    let reading = Reading(
      served: served, host: host, model: isOldest ? .server2008 : .server2022)
    let product = try #require(
      try await reading.product(["Description", "LicenseStatus"] + (isOldest ? [] : Self.counters)))
    let row =
      isOldest
      ? try await reading.only(Self.counters, from: "SoftwareLicensingService") : product
    #expect(try product.integer("LicenseStatus") == (truth.isLicensed ? 1 : 5))
    let letters = ["WS22", "C", "WS22", "W10", "WS22"][place]
    #expect(
      try product.string("Description")?.hasSuffix("VOLUME_KMS_\(letters) channel") == true)
    #expect(try row.integer(Self.counters[0], as: Int.self) == (truth.isKMSHost ? 1 : 0))
    let absent = 4_294_967_295
    #expect(try row.integer(Self.counters[1]) == truth.currentCount ?? absent)
    #expect(try row.integer(Self.counters[2]) == truth.totalRequests ?? absent)
    #expect(truth.currentCount == [30, 30, nil, 7, nil][place])
  }

  @Test func `a KMS host among the fleet's hosts is one machine`() async throws {
    let name = try Model.server2022.host(.kmsHost)
    let served = try ServedFleet(
      try Models.fleet(
        [.server2022], channels: [.kmsHost],
        kmsHosts: [try Models.host(count: 12, name: name.rawValue)]))
    let reading = Reading(served: served, host: name, model: .server2022)
    let row = try #require(try await reading.product(Self.counters + ["PartialProductKey"]))
    #expect(try row.integer(Self.counters[1]) == 12)
    #expect(try row.string("PartialProductKey") == (try served.state(name)).partialKey?.rawValue)
    try await served.call(
      "ClearKeyManagementServiceMachine", of: try await reading.service(), on: name)
  }

  @Test func `where nothing is counted the counters do not apply`() async throws {
    let served = try ServedFleet(try Models.fleet([.windows7], channels: [.mak]))
    let host = try Model.windows7.host(.mak)
    let reading = Reading(served: served, host: host, model: .windows7)
    let product = try #require(try await reading.product(Self.counters + ["RequiredClientCount"]))
    let service = try await reading.only(Self.counters, from: "SoftwareLicensingService")
    for row in [product, service] {
      #expect(try row.integer(Self.counters[0]) == 0)
      #expect(try row.integer(Self.counters[1]) == 4_294_967_295)
      #expect(try row.integer(Self.counters[2]) == 4_294_967_295)
    }
    #expect(try product.integer("RequiredClientCount") == 4_294_967_295)
  }

  @Test func `nobody writes to a KMS host that no inventory lists`() async throws {
    let served = try ServedFleet(try Models.fleet(channels: [.mak]))
    let host = try Models.kmsHost()
    let reading = Reading(served: served, host: host, model: .server2022)
    let service = try await reading.service()
    for (method, parameters) in [
      ("InstallProductKey", ["ProductKey": .string(Models.mak)]),
      ("ClearKeyManagementServiceMachine", [:]),
    ] as [(CIMName, CIMObject)] {
      let fault = try await served.fault(.invoke(method, of: service, parameters), to: host)
      #expect(fault.isAccessDenied)
    }
    #expect(try served.deeds().isEmpty)
  }
}
