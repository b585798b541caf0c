import Planning
import Randomness
import Testing
import VolumeActivation

/// Each verdict, and that of two the one that stands first in DESIGN's list wins.
@Suite struct VerdictTests {
  /// What the one odd host of a fleet of 40 is left out for; nil when it is planned.
  private func verdict(
    _ odd: FleetRow, count: Int = 30, _ change: (inout PlanningTerms) -> Void = { _ in }
  ) throws -> Verdict? {
    var terms = try terms(count: count)
    change(&terms)
    let plan = try plan(clients(40) + [odd], terms)
    if let left = plan.leftOut.first(where: { $0.name == odd.name }) { return left.verdict }
    #expect(plan.hosts.contains { $0.name.rawValue == odd.name })
    return nil
  }

  private let odd = FleetRow.client("odd")

  @Test func `a host on a MAK that can go back is migrated`() throws {
    #expect(try verdict(odd) == nil)
  }

  @Test(arguments: [
    ("wrong-name", Verdict.sharedIdentity), ("azure", .azureMachine),
    ("multi-session", .multiSession), ("avma-guest", .avmaGuest),
    ("subscription", .subscription), ("vdi", .nonPersistent), ("non-persistent", .nonPersistent),
    ("no-kms-client-license", .noKMSClientLicense), ("no-vpn", .cannotReachKMS),
    ("isolated", .isolated), ("unreachable", .unreachable),
  ])
  func `a tag leads to its verdict`(tag: String, verdict expected: Verdict) throws {
    #expect(try verdict(odd.with(\.tags, tag)) == expected)
  }

  @Test func `a host that no scan could read is unreachable, whatever it may be`() throws {
    var unread = odd.with(\.tags, "unreachable")
    unread.edition = nil
    unread.version = nil
    unread.channel = nil
    #expect(try verdict(unread) == .unreachable)
    #expect(try verdict(unread.with(\.tags, "wrong-name unreachable")) == .sharedIdentity)
  }

  @Test(arguments: [
    (Channel.kmsHost, Verdict.kmsHost), (.avma, .avmaGuest), (.subscription, .subscription),
    (.evaluation, .evaluation), (.retail, .retail), (.oem, .oem),
  ])
  func `a channel leads to its verdict`(channel: Channel, verdict expected: Verdict) throws {
    #expect(try verdict(odd.with(\.channel, channel)) == expected)
  }

  @Test(arguments: [
    ("ServerRdsh", Verdict.multiSession), ("ServerTurbine", .azureEdition),
    ("EnterpriseEval", .evaluation), ("Core", .noPublishedKey), ("Nonsense", .noPublishedKey),
  ])
  func `an edition leads to its verdict`(edition: String, verdict expected: Verdict) throws {
    #expect(try verdict(odd.with(\.edition, edition)) == expected)
  }

  @Test func `two records of one name conflict when they differ and are one when they do not`()
    throws
  {
    let name = try #require(HostName("odd.contoso.com"))
    let differing = try plan(
      clients(40) + [odd, odd.with(\.build, 22631)], try terms(count: 30))
    #expect(differing.leftOut.map(\.verdict) == [.conflictingRecords])
    #expect(
      differing.leftOut.first?.reason
        == "2 records of this name differ in build; keep the one that is right")
    let same = try plan(clients(40) + [odd, odd], try terms(count: 30))
    #expect(same.hosts.count { $0.name == name } == 1)
    #expect(
      same.header.warnings == ["1 record repeats another word for word and is taken once."])
  }

  @Test func `two hosts with one UUID are both left out`() throws {
    let plan = try plan(
      clients(40) + [odd.with(\.uuid, 7), FleetRow.client("twin").with(\.uuid, 7)],
      try terms(count: 30))
    #expect(plan.leftOut.map(\.verdict) == [.sharedIdentity, .sharedIdentity])
  }

  @Test func `the configuration's own KMS host is never written`() throws {
    let host = FleetRow.server("kms01").with(\.channel, .mak)
    #expect(try verdict(host) == .kmsHost)
  }

  @Test func `a KMS host that the configuration does not name is a warning too`() throws {
    let plan = try plan(
      clients(40) + [FleetRow.server("old").with(\.channel, .kmsHost)], try terms(count: 30))
    #expect(
      plan.header.warnings
        == ["1 machine carries a KMS host key and is not in the configuration."])
  }

  @Test func `a host that Active Directory activates never asks KMS`() throws {
    #expect(try verdict(odd.with(\.activation, .activeDirectory)) == .adActivated)
  }

  @Test func `the host key decides what is covered, and the reason names one that would do`()
    throws
  {
    let eleven = odd.with(\.build, 22631)
    #expect(try verdict(eleven) == nil)
    #expect(
      try verdict(eleven) { $0.kmsHosts[0].hostKey = "Windows Server 2019" } == .notCovered)
    var terms = try terms(count: 30)
    terms.kmsHosts[0].hostKey = "Windows Server 2019"
    let plan = try plan(clients(40) + [eleven], terms)
    #expect(
      plan.leftOut.first?.reason == """
        the host key of kms01.contoso.com (Windows Server 2019) does not cover Windows 11; \
        install a host key for Windows Server 2025 or Windows Server 2022
        """)
  }

  @Test func `Windows 7 without the volume marker keeps its MAK`() throws {
    let seven = odd.with(\.version, NTVersion(6, 1)).with(\.build, 7601)
    #expect(try verdict(seven.with(\.tags, "no-volume-marker")) == .noVolumeMarker)
    #expect(try verdict(seven.with(\.tags, "volume-marker")) == nil)
    #expect(try verdict(seven) == nil)
  }

  @Test func `a site that no KMS host serves, and one that two serve`() throws {
    #expect(try verdict(odd) { $0.kmsHosts[0].sites = [SitePattern("branch-*")] } == .noKMSHost)
    let second = DeclaredKMSHost(
      address: try #require(KMSAddress("kms02.contoso.com")), sites: [SitePattern("*")],
      count: 30)
    #expect(try verdict(odd) { $0.kmsHosts.append(second) } == .ambiguousKMSHost)
    #expect(
      try verdict(odd.with(\.kmsHost, "kms02.contoso.com")) { $0.kmsHosts.append(second) } == nil)
    #expect(
      try verdict(odd) {
        $0.kmsHosts.append(second)
        $0.kmsHosts[0].sites = [SitePattern("HQ")]
      } == nil)
  }

  @Test func `a KMS client is asked, left alone, or another's`() throws {
    let client = odd.with(\.channel, .kmsClient).with(\.key, "T83GX")
    #expect(try verdict(client.with(\.kmsHost, "kms01.contoso.com")) == .alreadyKMSClient)
    #expect(
      try verdict(client.with(\.kmsHost, "kms01.contoso.com").with(\.status, .notification)) == nil
    )
    #expect(try verdict(client.with(\.kmsHost, "kms.fabrikam.com")) == .renewsElsewhere)
    #expect(try verdict(client) == .alreadyKMSClient)
    #expect(try verdict(client.with(\.channel, nil)) == .alreadyKMSClient)
    #expect(try verdict(client.with(\.kmsHost, "azkms.core.windows.net")) == .azureMachine)
  }

  @Test func `without a way back a host stays, unless the policy names it`() throws {
    let foreign = odd.with(\.key, "D9D9D")
    #expect(try verdict(foreign) == .noWayBack)
    #expect(try verdict(foreign.with(\.status, .notification)) == nil)
    let name = try #require(HostName("odd.contoso.com"))
    #expect(try verdict(foreign) { $0.policy.allowIrreversible = [name] } == nil)
    #expect(try verdict(odd) { $0.maks[0].isSupplied = false } == .noWayBack)
    #expect(try verdict(odd) { $0.maks[0].activationsLeft = 2 } == .noWayBack)
    #expect(try verdict(odd.with(\.channel, nil).with(\.key, nil)) == .noWayBack)
  }

  @Test func `a host last seen more than 30 days ago is out of reach`() throws {
    #expect(try verdict(odd.with(\.daysAgo, 30)) == nil)
    let plan = try plan(clients(40) + [odd.with(\.daysAgo, 41)], try terms(count: 30))
    #expect(
      plan.leftOut.map(\.reason) == ["was last seen 41 days ago; scan again when it is back"])
  }

  /// A host to which every verdict of the list applies loses them one by one, from the first.
  @Test func `the first verdict of the list wins`() throws {
    var host = odd.with(\.uuid, 7)
    host.tags = """
      azure multi-session avma-guest subscription vdi no-kms-client-license no-volume-marker \
      no-vpn isolated unreachable
      """
    host.channel = .kmsHost
    host.edition = "EnterpriseEval"
    host.activation = .activeDirectory
    host.site = "nowhere"
    host.key = "D9D9D"
    let twin = FleetRow.client("twin").with(\.uuid, 7)
    var found: [Verdict] = []
    func look(_ rows: [FleetRow]) throws {
      var terms = try terms(count: 30)
      terms.kmsHosts[0].sites = [SitePattern("hq")]
      let plan = try plan(clients(40) + rows, terms)
      found += plan.leftOut.filter { $0.name == host.name }.map(\.verdict).prefix(1)
    }
    try look([host, host.with(\.build, 1), twin])
    try look([host, twin])
    try look([host])
    host.channel = .oem
    for tag in ["azure", "multi-session", "avma-guest", "subscription"] {
      try look([host])
      host.tags = host.tags.replacing(tag, with: "")
    }
    try look([host])
    host.activation = nil
    try look([host])
    host.edition = "Nonsense"
    try look([host])
    host.channel = .kmsClient
    host.kmsHost = "kms.fabrikam.com"
    try look([host])
    host.tags = host.tags.replacing("vdi", with: "")
    try look([host])
    host.edition = "Professional"
    host.version = NTVersion(6, 1)
    try look([host])
    host.tags = host.tags.replacing("no-kms-client-license", with: "")
    try look([host])
    host.version = NTVersion(10, 0)
    try look([host])
    host.site = "hq"
    try look([host])
    host.channel = .mak
    for tag in ["no-vpn", "isolated"] {
      try look([host])
      host.tags = host.tags.replacing(tag, with: "")
    }
    try look([host])
    host.key = "B7B7B"
    try look([host])
    #expect(
      found == [
        .conflictingRecords, .sharedIdentity, .kmsHost, .azureMachine, .multiSession, .avmaGuest,
        .subscription, .adActivated, .evaluation, .oem, .nonPersistent, .noPublishedKey,
        .noKMSClientLicense, .noVolumeMarker, .noKMSHost, .renewsElsewhere, .cannotReachKMS,
        .isolated, .noWayBack, .unreachable,
      ])
  }

  @Test(arguments: UInt64(0)..<200)
  func `verdicts and planned hosts add up to the inventory`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let rows = randomFleet(&random)
    let proposal = Proposal(
      inventory(rows), try terms(count: Int.random(in: 0...30, using: &random)))
    let names = Set(rows.map(\.name))
    #expect(proposal.plannedHosts + proposal.leftOutHosts == names.count)
    #expect(proposal.verdicts.reduce(0) { $0 + $1.hosts } == proposal.leftOutHosts)
    let plan = try PlanDocument.read(try proposal.document(), file: "plan.jsonl")
    let said = plan.hosts.map(\.name.rawValue) + plan.leftOut.map(\.name)
    #expect(Set(said) == names)
    #expect(said.count == names.count)
  }
}

/// Plans, and reads the document back.
func plan(_ rows: [FleetRow], _ terms: PlanningTerms, draft: Bool = false) throws -> Plan {
  let proposal = Proposal(inventory(rows), terms, draft: draft)
  return try PlanDocument.read(try proposal.document(), file: "plan.jsonl")
}

/// A fleet of up to 80 hosts in which everything occurs.
func randomFleet(_ random: inout SplitMix64) -> [FleetRow] {
  (0..<Int.random(in: 1...80, using: &random)).map { number in
    let isServer = Int.random(in: 0..<3, using: &random) == 0
    let name = "h\(Int.random(in: 0..<(number + 20), using: &random))"
    var row = isServer ? FleetRow.server(name) : FleetRow.client(name)
    func sometimes(_ odds: Int, _ change: (inout FleetRow) -> Void) {
      if Int.random(in: 0..<odds, using: &random) == 0 { change(&row) }
    }
    row.cmid = UInt64.random(in: 1...300, using: &random)
    let channel = Channel.allCases.randomElement(using: &random)
    let status = LicenseStatus.allCases.randomElement(using: &random)
    let site = ["hq", "branch-1", "branch-2", ""].randomElement(using: &random) ?? ""
    let word = HostTags.spellings.keys.sorted().randomElement(using: &random) ?? ""
    let days = Int.random(in: 0...60, using: &random)
    let edition = ["Enterprise", "Core", "ServerDatacenter", "Nonsense", "EnterpriseS"]
      .randomElement(using: &random)
    row.site = site
    sometimes(3) { $0.channel = channel }
    sometimes(3) { $0.status = status }
    sometimes(4) { $0.tags = word }
    sometimes(4) { $0.daysAgo = days }
    sometimes(5) { $0.edition = edition }
    sometimes(6) { $0.key = "D9D9D" }
    sometimes(6) { $0.kmsHost = "kms01.contoso.com" }
    sometimes(6) { $0.group = "pair" }
    sometimes(6) { $0.roaming = true }
    sometimes(8) { $0.uuid = 7 }
    sometimes(8) { $0.criticality = .critical }
    sometimes(8) { $0.confirmation = "99999" }
    sometimes(9) { $0.build = nil }
    return row
  }
}
