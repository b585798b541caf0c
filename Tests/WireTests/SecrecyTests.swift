import FrontDoor
import SimulatedFleet
import TestProgram
import TestRealm
import Testing
import VolumeActivation

/// A MAK and a password that go over the wire stand nowhere else.
@Suite struct SecrecyTests {
  private static let wrong = "Quite-Wrong & Unmistakable 7"

  /// Hosts that refuse a key now and then, so that there is something to complain of.
  private static let careful: FaultProfile = {
    var profile = FaultProfile(name: "careful")
    profile.refused = 0.1
    return profile
  }()

  @Test(arguments: [Way.basicOverHTTPS, .ntlm, .kerberosByPassword])
  func `neither stands in a file, a message, a result or an argument`(way: Way) async throws {
    let search = SecretSearch(for: [Company.mak, TestRealm.password, Self.wrong])
    let weather = Weather()
    try await ServedCompany.open(
      reachedBy: way, faults: Self.careful, weather: weather, seed: 5,
      policy: ["failureBudget": "100%", "quietTime": "1s", "retryPause": "0s"]
    ) { company in
      try await tryWrongPassword(company, search)
      var witness = Witness(company)
      try await witness.run("scan", "hosts.txt", "-o", "inventory.csv", "--verbose")
      try await witness.run("plan", "inventory.csv", "-o", "plan.jsonl")
      try await witness.run("show", "plan.jsonl")
      weather.turn(.mixed(0.02, seed: 5))
      let killed = try await witness.kill("apply", "plan.jsonl", "--verbose", atEvent: 150)
      #expect(killed.wasKilled)
      // What a process leaves that had no time to tidy up.
      #expect(company.files.contains("plan.jsonl.journal-wal"))
      #expect(try witness.files(with: search).isEmpty)

      try await witness.run("apply", "plan.jsonl", "--verbose", "--exit-on-hold")
      try await witness.run("verify", "plan.jsonl", "--verbose", "--json")
      try await witness.run("rollback", "plan.jsonl", "--all", "--verbose")
      try await witness.run("status", "plan.jsonl", "--json")
      try await witness.run("journal", "check", "plan.jsonl")
      // Both have been on the wire, and there was something to complain of.
      let deeds = try company.deeds()
      #expect(deeds.contains { $0.kind == .installKey && $0.key?.rawValue == "B7B7B" })
      #expect(witness.said.contains(#/ipk …\w+: refused with/#))
      #expect(!search.finds(in: witness.said))
      #expect(!witness.arguments.contains { search.finds(in: $0) })
      #expect(witness.arguments.count > 5)
      #expect(try witness.files(with: search).isEmpty)
    }
  }

  private func tryWrongPassword(_ served: ServedCompany, _ search: SecretSearch) async throws {
    var company = served
    company.muster.environment["MUSTER_PASSWORD"] = Self.wrong
    var witness = Witness(company)
    let ending = try await witness.run("scan", "hosts.txt", "-o", "refused.csv", "--verbose")
    #expect(ending.code == 1)
    #expect(company.files.contains("refused.csv.partial"))
    #expect(!search.finds(in: witness.said))
    #expect(!witness.arguments.contains { search.finds(in: $0) })
    #expect(try witness.files(with: search).isEmpty)
  }
}
