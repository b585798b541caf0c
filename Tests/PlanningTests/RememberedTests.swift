import Planning
import Testing
import VolumeActivation

/// Hosts that earlier runs know to have been counted, whatever became of them.
@Suite struct RememberedTests {
  private func terms(_ rows: ArraySlice<FleetRow>, countedDaysAgo days: Int64) throws
    -> PlanningTerms
  {
    var terms = try PlanningTests.terms()
    for row in rows {
      terms.counted[try #require(HostName(row.name))] = today + .days(-days)
    }
    return terms
  }

  @Test func `a host that was counted in the last 30 days raises no count again`() throws {
    let rows = clients(40)
    let plan = try plan(rows, terms(rows.prefix(10), countedDaysAgo: 12))

    #expect(plan.hosts.count { !$0.raisesCount } == 10)
    #expect(plan.header.kmsHosts[0].projections.allSatisfy { $0.canAdd == 30 })
    #expect(
      plan.hosts.filter { !$0.raisesCount }.allSatisfy { host in
        plan.waves[Int(host.wave.rawValue)].kind == .rollout
      })
    #expect(
      plan.header.warnings.contains(
        "10 hosts were counted by earlier runs in the last 30 days and would not raise the count."))
  }

  @Test func `a record that has aged out is none`() throws {
    let rows = clients(40)
    let plan = try plan(rows, terms(rows.prefix(10), countedDaysAgo: 30))
    #expect(plan.hosts.count { $0.raisesCount } == 40)
  }

  @Test func `a refusal says how many were counted already`() throws {
    let rows = clients(30)
    let proposal = Proposal(inventory(rows), try terms(rows.prefix(20), countedDaysAgo: 1))
    let refusal = try #require(proposal.refusal)
    #expect("\(refusal)".contains("20 were counted by earlier runs in the last 30 days"))
  }
}
