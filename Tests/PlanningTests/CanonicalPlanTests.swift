import Planning
import Randomness
import Testing
import VolumeActivation

@Suite struct CanonicalPlanTests {
  private let columns = [
    "name", "site", "editionId", "ntVersion", "build", "productType", "channel",
    "partialProductKey", "licenseStatus", "clientMachineId", "lastSeen", "group", "tags",
  ]

  /// A hundred hosts as cells, some of them clones, KMS clients, or out of sight.
  private func cells(_ random: inout SplitMix64) -> [[String]] {
    (0..<100).map { number in
      let isServer = number % 4 == 0
      let isClient = Int.random(in: 0..<8, using: &random) == 0
      let id = String(Int.random(in: 1000..<1150, using: &random))
      return [
        "h\(number).contoso.com", ["hq", "branch-1", "branch-2"][number % 3],
        isServer ? "ServerStandard" : "Enterprise", "10.0", isServer ? "20348" : "22631",
        isServer ? "3" : "1", isClient ? "kmsClient" : "mak", isServer ? "C8C8C" : "B7B7B",
        Int.random(in: 0..<5, using: &random) == 0 ? "5" : "1",
        "00000000-0000-0000-0000-00000000\(id)",
        "2026-11-\(Int.random(in: 10...24, using: &random))",
        Int.random(in: 0..<9, using: &random) == 0 ? "pair" : "",
        ["", "laptop", "isolated", "ring-1", "own thing"][Int.random(in: 0..<5, using: &random)],
      ]
    }
  }

  private func document(_ cells: [[String]], _ columns: [String], parts: Int) async throws
    -> [UInt8]
  {
    let text = ([columns] + cells).map { $0.joined(separator: ",") + "\n" }.joined()
    let inventory = try await Inventory.read(Array(text.utf8), file: "fleet.csv", parts: parts)
    return try Proposal(inventory, try terms(count: 4)).document()
  }

  @Test(arguments: UInt64(0)..<50)
  func `the same inventory in any order gives the same bytes`(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let cells = cells(&random)
    let first = try await document(cells, columns, parts: 1)
    let order = columns.indices.shuffled(using: &random)
    let second = try await document(
      cells.shuffled(using: &random).map { row in order.map { row[$0] } },
      order.map { columns[$0] }, parts: 3)
    #expect(first == second)
    #expect(try PlanDocument.read(first, file: "plan.jsonl").hosts.count > 30)
  }

  /// The same cells as a JSON array, each object's keys in an order of its own.
  private func json(_ cells: [[String]], _ random: inout SplitMix64) -> String {
    let objects = cells.map { row in
      let members = columns.indices.shuffled(using: &random).map { index in
        "\"\(columns[index])\": \"\(row[index])\""
      }
      return "{\(members.joined(separator: ", "))}"
    }
    return "[\(objects.joined(separator: ",\n"))]"
  }

  @Test(arguments: UInt64(0)..<20)
  func `JSON and CSV, with records repeated and records that conflict, give the same bytes`(
    seed: UInt64
  ) async throws {
    var random = SplitMix64(seed: seed)
    var cells = cells(&random)
    cells += cells.prefix(7)
    cells += cells[10..<15].map { row in
      var other = row
      other[1] = "elsewhere"
      return other
    }
    let table = try await document(cells.shuffled(using: &random), columns, parts: 2)
    for _ in 0..<2 {
      let inventory = try await Inventory.read(
        Array(json(cells.shuffled(using: &random), &random).utf8), file: "fleet.json")
      #expect(try Proposal(inventory, try terms(count: 4)).document() == table)
    }
    let plan = try PlanDocument.read(table, file: "plan.jsonl")
    #expect(plan.leftOut.count { $0.verdict == .conflictingRecords } == 5)
    #expect(plan.header.warnings.contains { $0.hasPrefix("7 records repeat others word for word") })
  }
}
