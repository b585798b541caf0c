import Foundation
import SimulatedFleet
import TestProgram
import Testing

@Suite(.serialized) struct WholeJobTests {
  @Test func `plan, show, simulate, apply, status, verify and rollback`() async throws {
    let office = try Office()
    defer { office.remove() }
    let muster = office.muster
    #expect(
      try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl", "--detailed-exitcode").code
        == 2)
    let shown = try await muster.run("show", "plan.jsonl")
    #expect(shown.code == 0)
    #expect(shown.output.contains("ws-[001-032].corp.example") || shown.output.contains("ws-["))
    #expect(try await muster.run("simulate", "plan.jsonl", "--seed", "7").code == 0)
    #expect(try await muster.run("status", "plan.jsonl").code == 1)

    let applied = try await muster.run("apply", "plan.jsonl", "--json")
    #expect(applied.code == 0, "\(applied.messages)")
    #expect(applied.output.contains(#""licensed" : 38"#), "\(applied.output)")
    #expect(try await muster.run("status", "plan.jsonl").output.contains("38 licensed"))
    #expect(try await muster.run("verify", "plan.jsonl", "--detailed-exitcode").code == 0)

    let back = try await muster.run("rollback", "plan.jsonl", "--all", "--json")
    #expect(back.code == 0, "\(back.messages)")
    #expect(back.output.contains(#""restored" : 38"#), "\(back.output)")
    // Their KMS host remembers them for 30 days: a new plan does not count them as new.
    let again = try await muster.run("plan", "inventory.csv", "-o", "again.jsonl")
    #expect(again.code == 10)
    #expect(
      again.messages.words.contains("were counted by earlier runs in the last 30 days"),
      "\(again.messages)")
    let spent = try spending(office)
    #expect(spent.count == 38 && spent.values.allSatisfy { $0 == 1 })
    for file in office.files where file != "muster.yaml" {
      let bytes = try Data(contentsOf: office.folder.appending(path: file))
      #expect(bytes.range(of: Data(Office.mak.utf8)) == nil, "\(file)")
    }
  }

  /// How many MAK activations each host really took, as the activation service's ledger has it.
  private func spending(_ office: Office) throws -> [String: Int] {
    struct Missing: Error {}
    let fleet = try DurableFleet(
      path: office.folder.appending(path: "corp.fleet").path, speed: 600
    ) { throw Missing() }
    return try fleet.ledger().reduce(into: [:]) { spent, line in
      if line.spent != nil { spent["\(line.host)", default: 0] += 1 }
    }
  }
}
