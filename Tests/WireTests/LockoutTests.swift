import Foundation
import FrontDoor
import TestProgram
import Testing

/// A password that is wrong, or has been changed, is not tried until the account is locked.
@Suite struct LockoutTests {
  private static let ways = [Way.ntlm, .ntlmOverHTTPS, .basicOverHTTPS]

  private static func forget(_ company: ServedCompany) -> ServedCompany {
    var company = company
    company.muster.environment["MUSTER_PASSWORD"] = "Wrong-Horse-2!"
    return company
  }

  @Test(arguments: ways)
  func `a scan tries a wrong password three times, says so and stops`(way: Way) async throws {
    try await ServedCompany.open(reachedBy: way) { served in
      let company = Self.forget(served)
      let ending = try await company.run(["scan", "hosts.txt", "-o", "inventory.csv"], ends: 1)
      #expect(ending.messages.words.contains("3 hosts in a row refused the account"))
      #expect(company.door.totals.connections == 3)
      #expect(company.door.totals.messages == 0)
    }
  }

  @Test(arguments: ways)
  func `a run tries a wrong password three times, says so and holds`(way: Way) async throws {
    try await ServedCompany.open(reachedBy: way) { served in
      try await served.makePlan()
      let before = served.door.totals
      let company = Self.forget(served)
      let ending = try await company.run(["apply", "plan.jsonl"], ends: 12)
      #expect(ending.messages.words.contains("Check the account"), "\(ending.messages)")
      #expect(company.door.totals.connections - before.connections == 3)
      #expect(company.door.totals.messages == before.messages)
      #expect(try company.deeds().isEmpty)

      // A person who said the right one again, and released the hold, has lost nothing.
      try await served.run(["resume", "plan.jsonl"])
      #expect(try served.deeds().done.count == Company.onMAK.count)
    }
  }
}
