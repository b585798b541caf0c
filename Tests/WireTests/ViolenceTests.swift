import Randomness
import SimulatedFleet
import TestProgram
import Testing
import VolumeActivation

/// Runs over the wire that are ended, stopped and misled in every way that a process can be.
@Suite struct ViolenceTests {
  @Test(arguments: Violence.allCases)
  func `whatever befalls a run, it ends where a calm one does once it is taken up again`(
    violence: Violence
  ) async throws {
    let calm = try await CalmRun.shared.value
    var met = 0
    for seed in 0..<violence.times {
      if try await expectSameEnd(violence, seed, calm) { met += 1 }
    }
    #expect(met * 4 > violence.times, "only \(met) met a living run")
  }

  /// - Returns: Whether the violence met a living run.
  private func expectSameEnd(
    _ violence: Violence, _ seed: UInt64, _ calm: CalmRun
  ) async throws -> Bool {
    var chance = SplitMix64(seed: seed)
    let isWayBack = seed % 4 == 3
    let events = isWayBack ? calm.wayBack : calm.migration
    let moment = Int64.random(in: 1..<events, using: &chance) + (isWayBack ? calm.migration : 0)
    return try await ServedCompany.open(
      of: Company.branch, reachedBy: .ntlm, policy: CalmRun.policy
    ) { [chance] company in
      try company.write("plan.jsonl", bytes: calm.plan)
      if isWayBack { try await company.run(["apply", "plan.jsonl"]) }
      var assault = Assault(
        violence: violence, company: company, calm: calm,
        command: isWayBack ? ["rollback", "plan.jsonl", "--all"] : ["apply", "plan.jsonl"],
        moment: moment, chance: chance)
      let isMet = try await assault.happen()
      var again = try await company.muster.run(assault.command)
      // Where a hold was what came of it, somebody sees to that and releases it.
      if again.code == 12 { again = try await company.muster.run(["resume", "plan.jsonl"]) }
      let mayDoubt = isWayBack && violence.leavesDoubt
      try #require(
        again.code == 0 || mayDoubt && again.code == 11,
        "\(violence), seed \(seed): \(again.code) \(again.everything)")
      try expectEnd(
        company, as: isWayBack ? calm.restored : calm.migrated, isWayBack: isWayBack,
        mayDoubt: mayDoubt)
      try await company.run(["journal", "check", "plan.jsonl"])
      return isMet
    }
  }

  private func expectEnd(
    _ company: ServedCompany, as calm: [String: HostState], isWayBack: Bool, mayDoubt: Bool
  ) throws {
    let deeds = try company.deeds()
    let servers = Set(Company.branch.filter { $0.channel == .mak }.map(\.name))
    #expect(deeds.hosts == servers)
    for (host, done) in deeds.done {
      #expect(done.count { $0 == .installKey } == (isWayBack ? 2 : 1), "\(host): \(done)")
    }
    let spent = deeds.spent
    #expect(spent.values.allSatisfy { $0 == 1 })
    #expect(mayDoubt || Set(spent.keys) == (isWayBack ? servers : []))
    let states = try company.states()
    for (host, state) in states where !mayDoubt || spent[host] != nil {
      #expect(try state.isAsFound(#require(calm[host])), "\(host): \(state)")
    }
  }
}
