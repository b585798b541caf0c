import Planning
import Testing
import VolumeActivation

@Suite struct WaveTests {
  /// A KMS client of the fleet's KMS host.
  private func renewing(_ row: FleetRow) -> FleetRow {
    row.with(\.channel, .kmsClient).with(\.key, "T83GX").with(\.kmsHost, "kms01.contoso.com")
  }

  @Test func `renewals come first, a client edition before all`() throws {
    let rows =
      [renewing(FleetRow.server("a")).with(\.cmid, 900), renewing(FleetRow.client("z"))]
      + clients(30)
    let plan = try plan(rows, try terms(count: 3))
    #expect(plan.waves.first?.kind == .renewal)
    #expect(plan.hosts.prefix(2).map(\.name.rawValue) == ["z.contoso.com", "a.contoso.com"])
    #expect(plan.hosts.prefix(2).allSatisfy { !$0.raisesCount && !$0.exposed && $0.weight == 0 })
  }

  /// What the count holds already may be the very machines that renew.
  @Test func `renewals guarantee the greater of count and renewed, never the sum`() throws {
    let renewals = clients(14, from: 100).map(renewing)
    func added(_ count: Int) throws -> Int {
      let plan = try plan(renewals + clients(30), try terms(count: count))
      return try #require(plan.header.kmsHosts[0].projections.first).canAdd
    }
    #expect(try added(0) == 14 + 30)
    #expect(try added(3) == 11 + 30)
    #expect(try added(20) == 30)
  }

  @Test func `nobody is renewed when the count is there`() throws {
    let plan = try plan([renewing(FleetRow.client("z"))] + clients(5), try terms(count: 30))
    #expect(plan.waves.map(\.kind) == [.rollout, .rollout, .rollout])
    #expect(plan.leftOut.map(\.verdict) == [.alreadyKMSClient])
    #expect(plan.header.kmsHosts[0].peakExposed == 0)
    #expect(plan.hosts.allSatisfy { !$0.exposed })
  }

  @Test func `of a large fleet some dozens muster and the rest rolls out in growing waves`() throws
  {
    let plan = try plan(clients(300), try terms())
    #expect(plan.waves.map(\.kind) == [.muster, .rollout, .rollout, .rollout, .rollout])
    #expect(plan.waves.map(\.hosts) == [35, 3, 27, 133, 102])
    #expect(plan.waves[0].peakExposed == 24)
    #expect(plan.hosts.count { $0.exposed } == 24)
    #expect(plan.hosts.prefix(24).allSatisfy { $0.exposed })
    #expect(plan.header.kmsHosts[0].projections.map(\.canAdd) == [300])
    #expect(try #require(plan.header.kmsHosts[0].projections.first).probability > 0.9999)
  }

  @Test func `servers go first while they are not exposed by it, then one cheap client`() throws {
    let plan = try plan(servers(12) + clients(30), try terms(count: 8))
    let order = plan.hosts.prefix(while: { $0.wave == WaveID(rawValue: 0) })
    #expect(order.prefix(3).map(\.kind) == [.server, .server, .client])
    #expect(order.prefix(16).count { $0.exposed } == 4)
  }

  @Test func `who has nothing to lose is changed first`() throws {
    let rows = clients(30).enumerated().map { place, row in
      place % 3 == 0 ? row.with(\.status, .notification) : row
    }
    let plan = try plan(rows, try terms())
    #expect(plan.hosts.prefix(10).allSatisfy { $0.weight == 0 && $0.wayBack == .none })
    #expect(plan.hosts.dropFirst(10).allSatisfy { $0.weight == 3 })
  }

  @Test func `of the hosts that share a CMID one musters`() throws {
    let clones = (0..<6).map { FleetRow.client("clone-\($0)").with(\.cmid, 5000) }
    let plan = try plan(clients(30) + clones, try terms())
    let muster = plan.hosts.filter { $0.wave == WaveID(rawValue: 0) }
    #expect(muster.count { $0.name.rawValue.hasPrefix("clone") } == 1)
    #expect(plan.hosts.count { $0.name.rawValue.hasPrefix("clone") && $0.raisesCount } == 1)
    #expect(plan.hosts.count == 36)
    #expect(
      plan.header.warnings == [
        "5 hosts share a CMID with another and would not raise the count: rearm them."
      ])
  }

  @Test func `roaming, grouped, unmarked and irreversible hosts never muster`() throws {
    let last = FleetRow.client("a-last").with(\.key, "D9D9D")
    let odd = [
      FleetRow.client("roamer").with(\.roaming, true),
      FleetRow.client("lap").with(\.tags, "laptop"),
      FleetRow.server("pair").with(\.group, "pair"), FleetRow.server("dc").with(\.tags, "dc"),
      FleetRow.client("seven").with(\.version, NTVersion(6, 1)).with(\.build, 7601), last,
    ]
    var terms = try terms()
    terms.policy.allowIrreversible = [try #require(HostName(last.name))]
    let plan = try plan(clients(25) + odd, terms)
    #expect(plan.waves[0].hosts == 25)
    let names = Set(odd.map(\.name))
    #expect(plan.hosts.prefix(25).allSatisfy { !names.contains($0.name.rawValue) })
    #expect(plan.hosts.last?.name.rawValue == last.name)
    #expect(plan.hosts.last?.wayBack == WayBack.none)
  }

  @Test func `with leave of the policy one of a group may muster`() throws {
    var terms = try terms()
    terms.policy.groupsMayMuster = true
    let pairs = servers(6).map { $0.with(\.group, "pair") }
    let plan = try plan(clients(30) + pairs, terms)
    #expect(
      plan.hosts.count { $0.wave == WaveID(rawValue: 0) && $0.group == "pair" } == 1)
  }

  @Test func `machines that were given no group are in one with their like at their site`() throws {
    var terms = try terms()
    terms.policy.groupsMayMuster = true
    let controllers = servers(6).enumerated().map { place, row in
      row.with(\.type, .domainController).with(\.site, place < 4 ? "hq" : "branch")
    }
    let plan = try plan(clients(30) + controllers, terms)
    let mustering = plan.hosts.filter { $0.wave == WaveID(rawValue: 0) }.compactMap(\.group)
    #expect(mustering.sorted() == ["domain-controllers@branch", "domain-controllers@hq"])
  }

  @Test func `a KMS host at no site of the inventory is a warning`() throws {
    var terms = try terms(count: 30)
    let far = DeclaredKMSHost(
      address: try #require(KMSAddress("kms02.contoso.com")), sites: [SitePattern("far-*")],
      hostKey: "Windows Server 2022", count: 30)
    terms.kmsHosts.append(far)
    #expect(
      try plan(clients(3), terms).header.warnings == [
        """
        kms02.contoso.com serves no site of the inventory: compare its sites with the column site.
        """
      ])
  }

  @Test func `a muster wave takes its hosts from all sites in turn`() throws {
    let rows = clients(90).enumerated().map { place, row in
      row.with(\.site, "site-\(place / 30)")
    }
    let plan = try plan(rows, try terms())
    let sites = plan.hosts.prefix(24).map(\.site)
    #expect(Set(sites).map { site in sites.count { $0 == site } } == [8, 8, 8])
  }

  @Test func `a rollout keeps rings and sites together`() throws {
    let rows = clients(100).enumerated().map { place, row in
      row.with(\.site, "site-\(place % 4)").with(\.tags, place < 12 ? "ring-0" : "")
    }
    var terms = try terms(count: 30)
    terms.policy.waves = [.percent(10), .percent(25), .rest]
    let plan = try plan(rows, terms)
    #expect(plan.waves.map(\.hosts) == [12, 22, 66])
    #expect(plan.waves[1].sites == ["site-0"])
    #expect(plan.waves[2].sites == ["site-1", "site-2", "site-3"])
  }

  @Test func `the policy's waves wait for approval`() throws {
    var terms = try terms(count: 30)
    terms.policy.approve = [2, 4]
    let plan = try plan(clients(100), terms)
    #expect(plan.waves.map(\.needsApproval) == [false, true, false, true])
  }

  @Test func `two KMS hosts have their own counts and waves`() throws {
    var terms = try terms(count: 0)
    terms.kmsHosts[0].sites = [SitePattern("hq")]
    terms.kmsHosts.append(
      DeclaredKMSHost(
        address: try #require(KMSAddress("kms02.contoso.com")), sites: [SitePattern("branch-*")],
        hostKey: "Windows Server 2022", count: 40))
    let branch = clients(10, from: 100).map { $0.with(\.site, "branch-1") }
    let plan = try plan(clients(40) + branch, terms)
    #expect(plan.waves.map { Int($0.kmsHost.rawValue) } == [0, 0, 1, 0, 1, 0, 1, 1])
    #expect(plan.waves.first?.kind == .muster)
    #expect(plan.hosts.count { $0.kmsHost.rawValue == 1 } == 10)
  }

  @Test func `licences owned are counted, and too few of them are said aloud`() throws {
    var terms = try terms(count: 30)
    terms.entitlements = [
      Entitlement(product: "windows 10", owned: 7), Entitlement(product: "Windows 11", owned: 1),
    ]
    let rows =
      clients(8)
      + [
        FleetRow.client("k").with(\.channel, .kmsClient).with(\.kmsHost, "kms01.contoso.com"),
        FleetRow.client("oem").with(\.channel, .oem),
      ]
    let plan = try plan(rows, terms)
    #expect(plan.header.entitlements.map(\.used) == [9, 0])
    #expect(
      plan.header.warnings == [
        "9 hosts would run windows 10 on KMS and 7 licences are owned: 2 too few."
      ])
  }

  @Test func `an update that the KMS host lacks is named`() throws {
    let kmsHost = FleetRow.server("kms01").with(\.build, 17763).with(\.channel, .kmsHost)
    let plan = try plan(servers(3) + clients(30) + [kmsHost], try terms(count: 30))
    #expect(
      plan.header.warnings == [
        """
        kms01.contoso.com runs Windows Server 2019 and needs KB5003646 or a later roll-up for \
        Windows 10, Windows Server 2022.
        """
      ])
  }

  @Test func `a window shorter than the muster, and a budget of nobody, are warnings`() throws {
    var terms = try terms()
    terms.policy.window = MaintenanceWindow(opens: 23 * 60, closes: 0, timeZone: "Europe/Berlin")
    terms.policy.failureBudget = .hosts(0)
    let plan = try plan(clients(100), terms)
    #expect(
      plan.header.warnings
        == [
          """
          Wave 1, a muster, has a failureBudget of 0 hosts: the first that fails before anybody is \
          exposed holds the run.
          """,
          """
          The window is open for 60 minutes and wave 1, a muster, may take 70: it may still wait \
          when the window closes.
          """,
        ])
  }

  @Test func `weights follow what a host has to lose`() {
    func weight(_ kind: ProductKind, _ criticality: Criticality) -> Int {
      hostWeight(
        kind: kind, criticality: criticality, grouped: false, hasConfirmation: true,
        irreversible: false)
    }
    #expect(Criticality.allCases.map { weight(.client, $0) } == [1, 2, 6, 16])
    #expect(Criticality.allCases.map { weight(.server, $0) } == [2, 4, 12, 32])
    #expect(
      hostWeight(
        kind: .server, criticality: .critical, grouped: true, hasConfirmation: false,
        irreversible: true) == 260)
  }
}
