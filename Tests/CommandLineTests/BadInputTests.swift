import Foundation
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
      "an inventory that is not there", 1, ["nowhere.csv", "cannot be read"],
      ["plan", "nowhere.csv"]),
    Mistake("an empty inventory", 1, ["inventory.csv", "empty"]) {
      try $0.write("inventory.csv", "")
    },
    Mistake("an inventory without a header", 1, ["inventory.csv:1"]) {
      try $0.write("inventory.csv", Office.line(1, "ws", "Enterprise", 19045, 1) + "\n")
    },
    Mistake("an inventory without names", 1, ["inventory.csv", "name"]) {
      try $0.write("inventory.csv", "site,editionId,ntVersion\nhq,Enterprise,10.0\n")
    },
    Mistake("a CMID that is no GUID", 1, ["inventory.csv:2"]) {
      try $0.write(
        "inventory.csv",
        "name,editionId,ntVersion,clientMachineId\nws-1.corp.example,Enterprise,10.0,none-such\n")
    },
    Mistake("no configuration", 1, ["muster.yaml"]) {
      try FileManager.default.removeItem(at: $0.folder.appending(path: "muster.yaml"))
    },
    Mistake("an unknown key in the configuration", 1, ["muster.yaml:2:5", "sights"]) {
      try $0.write("muster.yaml", "kmsHosts:\n  - sights: [hq]\n    name: kms01.corp.example\n")
    },
    Mistake("a KMS host that serves no site", 1, ["muster.yaml:3", "serves no site"]) {
      try $0.write("muster.yaml", "kmsHosts:\n  - name: kms01.corp.example\n    sites: []\n")
    },
    Mistake("a MAK that is a GVLK", 1, ["muster.yaml:2", "GVLK"]) {
      try $0.write("muster.yaml", "maks:\n  - endsWith: 2YT43\n    activationsLeft: 5\n")
    },
    Mistake("a whole key in the configuration", 1, ["muster.yaml:2", "last five characters"]) {
      try $0.write("muster.yaml", "maks:\n  - endsWith: \(Office.mak)\n    activationsLeft: 5\n")
    },
    Mistake("a fleet that is too small", 10, ["17 of 25", "8 more needed"]) {
      try $0.write("inventory.csv", Office.inventory(clients: 17, servers: 0))
    },
    Mistake("a plan that is no plan", 14, ["plan.jsonl"], ["show", "plan.jsonl"]) {
      try $0.write("plan.jsonl", "name,site\n")
    },
    Mistake("a plan of a newer version", 14, ["newer"], ["apply", "plan.jsonl"]) {
      try $0.write("plan.jsonl", #"{"format":"muster-plan/2","draft":false}"# + "\n")
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
    let before = office.files
    let ending = try await office.muster.run(mistake.arguments)
    #expect(ending.code == mistake.code, "\(ending.messages)")
    for word in mistake.words {
      #expect(ending.messages.contains(word), "\(ending.messages)")
    }
    #expect(office.files == before)
    #expect(!ending.everything.contains(Office.mak))
  }

  @Test func `a plan that was edited or cut off is refused`() async throws {
    let office = try Office()
    defer { office.remove() }
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    let plan = try office.read("plan.jsonl")
    try office.write("edited.jsonl", plan.replacing("ws-001", with: "ws-999"))
    try office.write("cut.jsonl", String(plan.prefix(plan.count * 2 / 3)))
    for (file, word) in [("edited.jsonl", "edited"), ("cut.jsonl", "cut off")] {
      let ending = try await office.muster.run("apply", file)
      #expect(ending.code == 14)
      #expect(ending.messages.contains(file) && ending.messages.contains(word))
    }
    #expect(!office.files.contains { $0.hasSuffix(".journal") })
  }

  @Test func `a secrets file that others can read is refused`() async throws {
    let office = try Office()
    defer { office.remove() }
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    let configuration = try office.read("muster.yaml")
    try office.write(
      "muster.yaml", configuration.replacing("env:MUSTER_MAK_B7B7B", with: "file:mak.txt"))
    try office.write("mak.txt", Office.mak + "\n")
    let path = office.folder.appending(path: "mak.txt").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let open = try await office.muster.run("apply", "plan.jsonl")
    #expect(open.code == 1)
    #expect(open.messages.contains("mak.txt") && open.messages.contains("chmod 600"))
    #expect(!open.everything.contains(Office.mak))
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
