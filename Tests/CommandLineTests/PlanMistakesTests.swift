import Foundation
import TestProgram
import Testing

/// A plan is applied as it was reviewed, or refused.
@Suite(.serialized) struct PlanMistakesTests {
  /// What happened to a plan, and what is said of it.
  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var words: [String]
    var inflict: @Sendable (String) -> String
  }

  static let damages: [Damage] = [
    Damage(
      testDescription: "cut off",
      words: ["plan.jsonl:", "the plan is cut off here", "Make the plan again"]
    ) { String($0.prefix($0.count * 2 / 3)) },
    Damage(
      testDescription: "cut off behind a line",
      words: ["plan.jsonl:", "the plan is cut off here", "Make the plan again"]
    ) { $0.split(separator: "\n").dropLast().joined(separator: "\n") + "\n" },
    Damage(
      testDescription: "edited", words: ["the plan was edited after it was made", "Make the plan"]
    ) { $0.replacing("ws-001", with: "ws-999") },
    Damage(
      testDescription: "made by a newer version",
      words: ["plan.jsonl:1: the plan was made by a newer Muster (muster-plan/2)", "Use that"]
    ) { $0.replacing("muster-plan/1", with: "muster-plan/2") },
    Damage(
      testDescription: "with CRLF from a mail program",
      words: ["plan.jsonl:", "Make the plan again"]
    ) { $0.replacing("\n", with: "\r\n") },
    Damage(
      testDescription: "another file", words: ["plan.jsonl:1: this is not a plan", "Give a plan"]
    ) { _ in "name,site\n" },
    Damage(
      testDescription: "empty", words: ["plan.jsonl: the file is empty", "Give a plan"]
    ) { _ in "" },
  ]

  @Test(arguments: damages)
  func `a damaged plan is refused with 14, and nothing is begun`(damage: Damage) async throws {
    let office = try Office()
    defer { office.remove() }
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    try office.write("plan.jsonl", damage.inflict(try office.read("plan.jsonl")))
    let before = try office.contents
    for command in ["show", "simulate", "apply"] {
      let ending = try await office.muster.run(command, "plan.jsonl")
      #expect(ending.code == 14, "\(command): \(ending.messages)")
      for word in damage.words {
        #expect(ending.messages.contains(word), "\(command): \(ending.messages)")
      }
      #expect(ending.messages.count { $0 == "\n" } == 1)
      #expect(ending.output.isEmpty)
    }
    #expect(try office.contents == before)
  }
}
