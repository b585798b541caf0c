import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// Fleets made from an inventory alone.
@Suite struct InventoryFleetTests {
  private static func fleet(_ lines: String) async throws -> SimulatedFleet {
    let header = "name,site,editionId,ntVersion,productType,channel,partialProductKey\n"
    let inventory = try await Inventory.read(Array((header + lines).utf8), file: "fleet.csv")
    let terms = PlanningTerms(
      kmsHosts: [
        DeclaredKMSHost(
          address: try #require(KMSAddress("kms01.contoso.com")), sites: [SitePattern("*")],
          hostKey: "Windows Server 2022", count: 12)
      ],
      maks: [DeclaredMAK(endsWith: try #require(Fixture.mak), activationsLeft: 5)])
    return SimulatedFleet(
      FleetBlueprint(inventory: inventory, terms: terms, asOf: Fixture.start), seed: 1)
  }

  @Test func `a KMS host in the inventory has a host key, unless its record says otherwise`()
    async throws
  {
    for (channel, expected) in [("", Channel.kmsHost), ("retail", .retail)] {
      var fleet = try await Self.fleet(
        """
        kms01.contoso.com,hq,ServerStandard,10.0,3,\(channel),
        ws01.contoso.com,hq,Enterprise,10.0,1,,B7B7B

        """)
      let states = (0..<2).map { fleet.state($0, at: Fixture.start) }
      #expect(states.map(\.channel) == [expected, .mak])
    }
  }

  @Test func `a KMS host is found by its name, whether or not it is a host of the fleet`()
    async throws
  {
    let kmsHost = try #require(HostName("kms01.contoso.com"))
    for line in ["kms01.contoso.com,hq,ServerStandard,10.0,3,,\n", ""] {
      let fleet = try await Self.fleet(line + "ws01.contoso.com,hq,Enterprise,10.0,1,,\n")
      #expect(fleet.blueprint.kmsHostPlace(of: kmsHost) == 0)
      #expect((fleet.blueprint.place(of: kmsHost) == nil) == line.isEmpty)
      #expect(
        fleet.blueprint.kmsHostPlace(of: fleet.blueprint.profiles[0].name)
          == (line.isEmpty ? nil : 0))
    }
  }
}
