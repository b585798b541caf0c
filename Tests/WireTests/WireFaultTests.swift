import FrontDoor
import SimulatedFleet
import TestProgram
import Testing

/// Runs whose requests and answers get lost on the way, on hosts that are not always there.
@Suite struct WireFaultTests {
  private static let policy = ["failureBudget": "100%", "settleLimit": "15s"]

  @Test(arguments: UInt64(1)...4)
  func `a run over a bad wire knows what it did, and repeats nothing`(seed: UInt64) async throws {
    let weather = Weather()
    try await ServedCompany.open(
      reachedBy: seed % 2 == 0 ? .ntlm : .basicOverHTTPS, faults: .light, weather: weather,
      seed: seed, policy: Self.policy
    ) { company in
      let scan = try await company.muster.run(["scan", "hosts.txt", "-o", "inventory.csv"])
      try #require([0, 11].contains(scan.code), "\(scan.everything)")
      try await company.run(["plan", "inventory.csv", "-o", "plan.jsonl"])

      weather.turn(.mixed(0.05, seed: seed))
      let again = try await company.muster.run(["scan", "hosts.txt", "-o", "again.csv"])
      #expect([0, 11].contains(again.code))
      #expect(again.messages.contains("did not answer and will be asked again."))
      let lines = try company.read("again.csv").split(separator: "\n")
      #expect(lines.count == Company.machines.count + 1)
      #expect(try company.deeds().isEmpty)

      let apply = try await company.muster.run(["apply", "plan.jsonl", "--exit-on-hold"])
      let record = try await RunRecord(of: company)
      let expected: Int32 = !record.status.finished ? 12 : record.status.bad > 0 ? 11 : 0
      #expect(apply.code == expected, "\(apply.everything)")
      #expect(record.status.finished == record.status.holds.isEmpty)
      try record.expectTruth(of: company)
      try await company.run(["journal", "check", "plan.jsonl"])
    }
  }

  @Test(arguments: [Way.kerberosByTickets, .certificateOverHTTPS])
  func `a run that is killed on the wire ends where one does that is not`(
    way: Way
  ) async throws {
    try await ServedCompany.open(reachedBy: way, policy: ["quietTime": "1s"]) { company in
      try await company.makePlan()
      let (ending, met) = try await Kills(count: 6, growth: 300, seed: 7)
        .meet(["apply", "plan.jsonl"], of: company.muster)
      #expect(ending.code == 0, "\(ending.everything)")
      #expect(met == 6)
      let record = try await RunRecord(of: company)
      try record.expectTruth(of: company)
      #expect(record.status.phases == ["licensed": Company.onMAK.count])
      let deeds = try company.deeds()
      for (host, done) in deeds.done { #expect(done.count { $0 == .installKey } == 1, "\(host)") }
      #expect(deeds.spent.isEmpty)
      try await company.run(["journal", "check", "plan.jsonl"])
    }
  }
}
