import TestProgram
import Testing

/// A process that may have few files open.
@Suite struct OpenFilesTests {
  private static func limited(_ limits: String) -> [String] {
    ["/bin/sh", "-c", "ulimit \(limits); exec \"$0\" \"$@\""]
  }

  @Test(arguments: [24, 100, 319])
  func `a limit that the connections would exceed is refused before anything is done`(
    limit: Int
  ) async throws {
    try await ServedCompany.open(of: Company.branch, reachedBy: .ntlm) { company in
      try await company.makePlan()
      let files = company.files
      let refused = try await company.muster
        .start(["apply", "plan.jsonl"], through: Self.limited("-n \(limit)")).ending()
      #expect(refused.code == 1)
      #expect(
        refused.messages.words.contains(
          "may have \(limit) files open, and 64 connections at one time need 320. Raise the limit"),
        "\(refused.everything)")
      #expect(company.files == files)
      #expect(try company.deeds().isEmpty)
    }
  }

  @Test func `a limit that may be raised is raised`() async throws {
    try await ServedCompany.open(of: Company.branch, reachedBy: .ntlm) { company in
      try await company.makePlan()
      let ending = try await company.muster
        .start(["apply", "plan.jsonl"], through: Self.limited("-S -n 24")).ending()
      #expect(ending.code == 0, "\(ending.everything)")
    }
  }
}
