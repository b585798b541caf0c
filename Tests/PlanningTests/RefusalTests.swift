import Planning
import Testing
import VolumeActivation

@Suite struct RefusalTests {
  private func refusal(_ rows: [FleetRow], _ terms: PlanningTerms) -> String? {
    Proposal(inventory(rows), terms).refusal.map { "\($0)" }
  }

  @Test func `the arithmetic, what hinders, and what would help`() throws {
    let rows =
      clients(8) + (0..<5).map { FleetRow.client("clone-\($0)").with(\.cmid, 1) }
      + (0..<2).map { FleetRow.client("away-\($0)").with(\.daysAgo, 41).with(\.domain, nil) }
    #expect(
      try refusal(rows, terms(count: 14)) == """
        kms01.contoso.com, clients: 22 of 25: 14 counted now, 8 that this plan can add; 3 more \
        needed. 5 hosts share a CMID (rearm them), 2 were last seen 41 days ago.
          3 more hosts that answer would do: hosts of another KMS host, or new virtual machines.
          AD-based activation has no threshold and suits 13 of 15: those in a domain, with \
        Windows 8 or later.
          2 keep their MAK.
        """)
  }

  @Test func `the other hindrances`() throws {
    let rows =
      clients(1) + [
        FleetRow.client("roamer").with(\.roaming, true),
        FleetRow.client("paired").with(\.group, "pair"),
        FleetRow.client("seven").with(\.version, NTVersion(6, 1)).with(\.build, 7601),
        FleetRow.client("stuck").with(\.key, "D9D9D"),
        FleetRow.client("island").with(\.tags, "isolated"),
        FleetRow.client("silent").with(\.tags, "unreachable"),
      ]
    let text = try #require(refusal(rows, try terms()))
    #expect(
      text.contains(
        """
        1 of 25: 0 counted now, 1 that this plan can add; 24 more needed. 1 is roaming, 1 is in a \
        group (groupsMayMuster lets it), 1 runs Windows 7 with an unknown volume marker, 1 has no \
        way back, 1 is isolated, 1 could not be read.
        """))
  }

  @Test func `a host that is out of reach says so whatever else it lacks`() throws {
    let proposal = Proposal(
      inventory(clients(19) + [FleetRow.client("stuck").with(\.key, "D9D9D")]), try terms())
    #expect(proposal.verdicts.map(\.verdict) == [.thresholdOutOfReach])
    #expect(proposal.verdicts.map(\.hosts) == [20])
  }

  @Test func `25 of 25 is planned, with a warning that the guard wants 27`() throws {
    #expect(try refusal(clients(24), terms()) != nil)
    let proposal = Proposal(inventory(clients(25)), try terms())
    #expect(proposal.refusal == nil)
    #expect(
      proposal.header.warnings == [
        """
        kms01.contoso.com, clients: 25 of 25 hosts have to answer, and the guard opens the wave \
        with 27 ready ones or more.
        """
      ])
    #expect(try Proposal(inventory(clients(27)), terms()).header.warnings == [])
  }

  @Test func `25 refused does not refuse 5`() throws {
    let plan = try plan(servers(12) + clients(8), try terms())
    #expect(Set(plan.hosts.map(\.kind)) == [.server])
    #expect(plan.hosts.count == 12)
    #expect(plan.leftOut.count { $0.verdict == .thresholdOutOfReach } == 8)
    #expect(plan.header.kmsHosts[0].projections.map(\.canAdd) == [20, 12])
    #expect(plan.header.kmsHosts[0].peakExposed == 4)
  }

  @Test func `a draft holds what the guard refuses, and says that it is one`() throws {
    let rows = servers(2) + clients(8)
    let draft = Proposal(inventory(rows), try terms(), draft: true)
    #expect(draft.refusal == nil)
    let plan = try PlanDocument.read(try draft.document(), file: "draft.jsonl")
    #expect(plan.header.draft)
    #expect(plan.hosts.count == 10)
    let sound = Proposal(inventory(clients(30)), try terms(), draft: true)
    #expect(!sound.header.draft)
  }

  @Test func `a draft shows the arithmetic that was refused`() throws {
    let rows = servers(2) + clients(8)
    let refusal = try #require(Proposal(inventory(rows), try terms()).refusal)
    let draft = Proposal(inventory(rows), try terms(), draft: true).header
    #expect(
      draft.warnings.prefix(refusal.shortfalls.count)
        == refusal.shortfalls.map { "\($0.kmsHost), \($0.projection.kind)s: \($0)." }[...])
    #expect(draft.kmsHosts[0].projections.map(\.canAdd) == [10, 2])
  }

  @Test func `a peak above maxExposed is refused with the figure that would do`() throws {
    var terms = try terms()
    terms.policy.maxExposed = 10
    #expect(
      refusal(clients(30), terms) == """
        kms01.contoso.com: to reach the threshold 24 hosts are exposed at a time, with 2 spares \
        26, and maxExposed is 10. Raise maxExposed to 26 or more.
        """)
    terms.policy.maxExposed = 26
    #expect(refusal(clients(30), terms) == nil)
  }

  @Test func `a peak above the activations that can be held is refused`() throws {
    var terms = try terms()
    terms.maks[0].activationsLeft = 25
    #expect(
      refusal(clients(30), terms) == """
        kms01.contoso.com: to reach the threshold 24 hosts of the MAK …B7B7B are exposed at a \
        time, with 2 spares 26, and it has 25 activations left. Have it raised.
        """)
    terms.maks[0].activationsLeft = 26
    #expect(refusal(clients(30), terms) == nil)
    // Two MAKs share the load.
    terms.maks[0].activationsLeft = 14
    let mixed = clients(15) + clients(15, from: 15).map { $0.with(\.key, "C8C8C") }
    #expect(refusal(mixed, terms) == nil)
  }
}
