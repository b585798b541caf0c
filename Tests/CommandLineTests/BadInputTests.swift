import Foundation
import TestProgram
import Testing

/// Something that a person got wrong, and what it must get: its code, words, and nothing changed.
struct Mistake: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var code: Int32
  /// What the message has to hold.
  var words: [String]
  var arguments: [String]
  var prepare: @Sendable (Office) throws -> Void

  init(
    _ description: String, _ code: Int32, _ words: [String],
    _ arguments: [String] = ["plan", "inventory.csv", "-o", "plan.jsonl"],
    prepare: @escaping @Sendable (Office) throws -> Void = { _ in }
  ) {
    testDescription = description
    self.code = code
    self.words = words
    self.arguments = arguments
    self.prepare = prepare
  }
}

@Suite(.serialized) struct BadInputTests {
  static let mistakes: [Mistake] = [
    Mistake("an unknown command", 64, ["muster"], ["conquer"]),
    Mistake("rollback of nobody in particular", 64, ["--wave"], ["rollback", "plan.jsonl"]),
    Mistake(
      "a simulated count of a KMS host that is not there", 1,
      ["muster.yaml:3:39", "kms02.corp.example", "kms01.corp.example"]
    ) {
      try $0.write(
        "muster.yaml",
        """
        kmsHosts:
          - name: kms01.corp.example
        transport: {kind: simulated, counts: {kms02.corp.example: 3}}

        """)
    },
    Mistake(
      "a phase that no host can be in", 64, ["bogus", "waiting"],
      ["status", "plan.jsonl", "--hosts", "bogus"]),
    Mistake("a fleet that is too small", 10, ["17 of 25", "8 more needed"]) {
      try $0.write("inventory.csv", Office.inventory(clients: 17, servers: 0))
    },
    Mistake(
      "a rate without sense", 64, ["--confidence"], ["plan", "inventory.csv", "--confidence", "7"]),
  ]

  @Test(arguments: mistakes)
  func `a mistake gets one message and its own code, and changes nothing`(
    mistake: Mistake
  ) async throws {
    let office = try Office()
    defer { office.remove() }
    try mistake.prepare(office)
    let before = try office.contents
    let ending = try await office.muster.run(mistake.arguments)
    #expect(ending.code == mistake.code, "\(ending.messages)")
    for word in mistake.words {
      #expect(ending.messages.contains(word), "\(ending.messages)")
    }
    #expect(try office.contents == before)
    #expect(!ending.everything.contains(Office.mak))
  }

  @Test func `a draft shows the arithmetic and cannot be applied`() async throws {
    let office = try Office(clients: 17, servers: 0)
    defer { office.remove() }
    let drafted = try await office.muster.run(
      "plan", "inventory.csv", "-o", "plan.jsonl", "--draft")
    #expect(drafted.code == 0, "\(drafted.messages)")
    #expect(try await office.muster.run("show", "plan.jsonl").output.contains("draft"))
    #expect(try await office.muster.run("apply", "plan.jsonl").code == 10)
  }
}
