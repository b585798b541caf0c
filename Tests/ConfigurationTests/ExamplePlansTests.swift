import ChildProcess
import Configuration
import Foundation
import Planning
import Testing
import VolumeActivation

struct `The examples` {
  /// The repository's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.root.appending(path: path)))
  }

  /// Plans the example's inventory, with its rows in the order that `arrange` gives them.
  func proposal(
    _ example: String, draft: Bool = false, arrange: ([Substring]) -> [Substring] = { $0 }
  ) async throws -> Proposal {
    let file = "examples/\(example)/muster.yaml"
    let configuration = try Configuration(reading: [
      Configuration.Source(file: file, text: String(decoding: try bytes(file), as: UTF8.self))
    ])
    let table = String(decoding: try bytes("examples/\(example)/inventory.csv"), as: UTF8.self)
    let lines = table.split(separator: "\n")
    let arranged = [lines[0]] + arrange(Array(lines.dropFirst()))
    let inventory = try await Inventory.read(
      Array((arranged.joined(separator: "\n") + "\n").utf8), file: "inventory.csv")
    #expect(inventory.notes.isEmpty)
    return Proposal(inventory, configuration.terms(), draft: draft)
  }

  func document(_ proposal: Proposal) throws -> [UInt8] {
    var document: [UInt8] = []
    _ = try proposal.write { document.append(contentsOf: $0) }
    return document
  }

  @Test(arguments: ["contoso", "tailspin"])
  func `give the plan that lies in plans, byte for byte`(example: String) async throws {
    let proposal = try await proposal(example)
    #expect(proposal.refusal == nil)
    #expect(
      try document(proposal) == bytes("plans/\(example).jsonl"),
      "run Scripts/make-plans and read what changed")
  }

  @Test func `give the same plan with their rows in another order`() async throws {
    let committed = try bytes("plans/contoso.jsonl")
    #expect(try document(try await proposal("contoso") { $0.reversed() }) == committed)
    #expect(try document(try await proposal("contoso") { $0.sorted() }) == committed)
  }

  @Test(arguments: ["small-office", "northwind"])
  func `that the guard refuses are drafts in plans, byte for byte`(example: String) async throws {
    #expect(try await proposal(example).refusal != nil)
    #expect(
      try document(try await proposal(example, draft: true))
        == bytes("plans/\(example).draft.jsonl"),
      "run Scripts/make-plans and read what changed")
  }

  @Test func `show the arithmetic of a refusal and what would close the gap`() async throws {
    let refusal = try #require(try await proposal("northwind").refusal)
    #expect(
      "\(refusal)".hasPrefix(
        """
        kms.northwind.example, clients: 22 of 25: 14 counted now, 8 that this plan can add; \
        3 more needed. 5 hosts share a CMID (rearm them), 2 were last seen 41 days ago.
        """))
  }

  @Test func `advise a small office to keep its MAK or to use Active Directory`() async throws {
    let text = "\(try #require(try await proposal("small-office").refusal))"
    #expect(text.contains("17 of 25: 0 counted now, 17 that this plan can add; 8 more needed"))
    #expect(text.contains("AD-based activation has no threshold"))
    #expect(text.contains("keep their MAK"))
  }

  @Test func `are what their script writes`() throws {
    let saying = try ChildProcess.run([
      Self.root.appending(path: "Scripts/make-examples").path, "--check",
    ])
    #expect(saying.ending.code == 0, "run Scripts/make-examples and read what changed")
  }

  @Test func `hold no product key`() throws {
    let keys = ClientSetupKeys.published.records.map { $0.key.reveal { $0 } }
    for path in [
      "examples/contoso/inventory.csv", "examples/contoso/muster.yaml", "plans/contoso.jsonl",
    ] {
      let text = String(decoding: try bytes(path), as: UTF8.self)
      #expect(!text.contains("BBBBB-"))
      #expect(!keys.contains { text.contains($0) })
    }
  }
}
