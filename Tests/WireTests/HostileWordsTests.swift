import Foundation
import TestProgram
import Testing

/// Nothing that a host says of itself is obeyed by a terminal, a spreadsheet or a reader of lines.
@Suite struct HostileWordsTests {
  /// Whether a terminal would show all of it as it stands, line by line.
  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar == "\n"
      case .format, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
  }

  @Test(arguments: [true, false])
  func `a fleet that lies in every text is written down in plain words`(answers: Bool) async throws
  {
    try await ServedCompany.open(
      reachedBy: .basicOverHTTPS, behind: { Liar(windows: $0, answers: answers) }
    ) { company in
      var witness = Witness(company)
      try await witness.run("scan", "hosts.txt", "-o", "inventory.csv", "--verbose")
      let inventory = try company.read("inventory.csv")
      #expect(inventory.contains("calc"), "the host has been heard")
      #expect(Self.isPlain(inventory))
      for line in inventory.split(separator: "\n") {
        // No cell begins as a formula does.
        #expect(!line.contains(",=") && !line.contains(",\"="), "\(line)")
      }
      #expect(inventory.split(separator: "\n").count == Company.machines.count + 1)
      try await witness.run("plan", "inventory.csv", "-o", "plan.jsonl", "--draft")
      try await witness.run("show", "plan.jsonl")
      try await witness.run("show", "plan.jsonl", "--host", "ws-02.muster.test")
      #expect(Self.isPlain(witness.said))
      if company.files.contains("plan.jsonl") {
        #expect(Self.isPlain(try company.read("plan.jsonl")))
      }
    }
  }

  @Test func `a fleet that begins to lie in the middle of a run is told of in plain words`()
    async throws
  {
    let gatekeeper = Gatekeeper()
    try await ServedCompany.open(
      reachedBy: .basicOverHTTPS,
      policy: ["failureBudget": "100%", "quietTime": "1s", "settleLimit": "2s"],
      behind: { windows in
        gatekeeper.stand(before: windows)
        return gatekeeper
      }
    ) { company in
      try await company.makePlan()
      gatekeeper.replace { Liar(windows: $0, answers: false) }
      var witness = Witness(company)
      try await witness.run("apply", "plan.jsonl", "--verbose", "--exit-on-hold")
      try await witness.run("status", "plan.jsonl", "--json")
      try await witness.run("verify", "plan.jsonl", "--verbose")
      try await witness.run("verify", "plan.jsonl", "--json")
      #expect(witness.said.contains("all is well"), "the host has been heard")
      #expect(Self.isPlain(witness.said))
      // Nobody was changed by what it said.
      #expect(try company.deeds().isEmpty)
    }
  }
}
