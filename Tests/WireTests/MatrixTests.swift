import SimulatedFleet
import Testing
import VolumeActivation

/// The whole job over every way in: what the program says is what befell the fleet.
@Suite struct MatrixTests {
  @Test(arguments: Way.allCases)
  func `a company is scanned, migrated, verified and taken back over every way in`(
    way: Way
  ) async throws {
    try await ServedCompany.open(reachedBy: way) { company in
      let found = try company.states()
      try await company.makePlan()
      #expect(try company.deeds().isEmpty)

      try await company.run(["apply", "plan.jsonl"])
      try expectMigrated(company)
      try await company.run(["verify", "plan.jsonl", "--detailed-exitcode", "--verbose"])

      let migrated = try company.deeds().count
      try await company.run(["rollback", "plan.jsonl", "--all"])
      try expectTakenBack(try company.deeds(after: migrated))
      let states = try company.states()
      for name in Company.onMAK {
        let (before, after) = (try #require(found[name]), try #require(states[name]))
        #expect(after.channel == before.channel && after.partialKey == before.partialKey)
        #expect(after.status == .licensed && after.kmsSetting == before.kmsSetting)
        #expect(after.edition == before.edition)
      }
    }
  }

  private func expectMigrated(_ company: ServedCompany) throws {
    let deeds = try company.deeds()
    #expect(deeds.hosts == Set(Company.onMAK))
    for (name, done) in deeds.done {
      #expect(done == [.setKMS, .installKey, .activate], "\(name)")
    }
    #expect(deeds.spent.isEmpty)
    let states = try company.states()
    for name in Company.onMAK {
      let state = try #require(states[name])
      #expect(state.channel == .kmsClient && state.status == .licensed, "\(name)")
      #expect(state.lastKMSHost == Company.kmsHost)
    }
  }

  private func expectTakenBack(_ deeds: [WireDeed]) throws {
    #expect(deeds.hosts == Set(Company.onMAK))
    for (name, done) in deeds.done {
      let isConfirmed = name == Company.confirmed
      #expect(done == [.installKey, isConfirmed ? .deposit : .activate, .setKMS], "\(name)")
    }
    #expect(
      deeds.spent
        == Dictionary(
          uniqueKeysWithValues: Company.onMAK.filter { $0 != Company.confirmed }.map { ($0, 1) }))
  }
}
