import Foundation
import SimulatedFleet
import TestProgram
import Testing

/// The three moments at which the guard is asked, each on an example of the repository.
@Suite(.serialized) struct GuardMomentsTests {
  @Test func `it refuses a plan that falls short even if everybody answers`() async throws {
    let office = try ExampleFolder("small-office")
    defer { office.remove() }
    let refused = try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl")
    #expect(refused.code == 10)
    let words = refused.messages.words
    #expect(words.contains("17 of 25: 0 counted now, 17 that this plan can add; 8 more needed."))
    #expect(words.contains("AD-based activation has no threshold and suits 12 of 16"))
    #expect(words.contains("4 keep their MAK."))
    #expect(!FileManager.default.fileExists(atPath: office.folder.path + "/plan.jsonl"))
  }

  @Test func `it refuses to open a wave when the count is lower than declared`() async throws {
    let tailspin = try ExampleFolder("tailspin")
    defer { tailspin.remove() }
    let planned = try await tailspin.muster.run("plan", "inventory.csv", "-o", "plan.jsonl")
    try #require(planned.code == 0, "\(planned.everything)")
    let applied = try await tailspin.muster.run("apply", "plan.jsonl")
    #expect(applied.code == 12, "\(applied.everything)")
    let chance = try #require(
      applied.messages.words.firstMatch(
        of: /16 more needed, 16 ready, none of them may fail; the chance is ([\d.]+) %, and 99 % is/
      ),
      "\(applied.messages)")
    #expect(applied.messages.words.contains("the guard refuses: 9 of 25 counted"))
    #expect(applied.messages.words.contains("new virtual machines would do as well"))
    #expect((1..<99).contains(Double(chance.1) ?? 0))
    #expect(!applied.messages.contains("opened"))
    #expect(try tailspin.ledger("miscounted.fleet").allSatisfy { $0.by != .muster })
  }

  @Test func `it refuses in the middle of a wave when too many hosts fail`() async throws {
    let tailspin = try ExampleFolder("tailspin")
    defer { tailspin.remove() }
    let configuration = ["--config", "firewall.yaml"]
    let planned = try await tailspin.muster.run(
      ["plan", "inventory.csv", "-o", "plan.jsonl"] + configuration)
    try #require(planned.code == 0, "\(planned.everything)")
    let applied = try await tailspin.muster.run(["apply", "plan.jsonl"] + configuration)
    #expect(applied.code == 12, "\(applied.everything)")
    let opened = try #require(applied.messages.range(of: "(muster, 16 hosts"))
    let after = String(applied.messages[opened.upperBound...]).words
    let figures = try #require(
      after.firstMatch(
        of: /the guard refuses: (\d+) of 25 counted; (\d+) more needed, (\d+) ready/
      ), "\(applied.messages)")
    let numbers = [figures.1, figures.2, figures.3].compactMap { Int($0) }
    #expect(numbers[0] + numbers[1] == 25)
    #expect(numbers[2] <= numbers[1])
    // Those already changed went back to the MAK, each by one activation.
    let ledger = try tailspin.ledger("firewall.fleet")
    let changed = Set(ledger.filter { $0.deed == .installKey && $0.by == .muster }.map(\.host))
    let restored = ledger.filter { $0.spent != nil }.map(\.host)
    #expect((1..<16).contains(changed.count) && restored.count == changed.count)
    #expect(Set(restored) == changed)
  }
}
