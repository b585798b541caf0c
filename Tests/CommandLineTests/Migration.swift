import Execution
import Foundation
import Planning
import TestProgram
import Testing
import VolumeActivation

/// One run of the example company on a fleet without faults, in a folder of its own.
final class Migration {
  struct Status: Decodable {
    struct MAK: Decodable { var spent: Int }
    var phases: [String: Int]
    var maks: [MAK]
  }

  private let process: MusterProcess
  /// Kills that met a living process.
  private(set) var kills = 0

  init() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "muster-company-\(UUID().uuidString)")
    let example = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../examples/contoso").standardized
    try FileManager.default.copyItem(at: example, to: folder)
    let settings = folder.appending(path: "muster.yaml")
    let text = try String(contentsOf: settings, encoding: .utf8)
      .replacing("faults: light", with: "faults: none")
      .replacing("speed: 600", with: "speed: 2000")
      .replacing("approve: [4]", with: "approve: []")
    try Data(text.utf8).write(to: settings)
    process = MusterProcess(folder: folder, environment: try Self.madeUpKeys(in: folder))
    let plan = try await process.run("plan", "inventory.csv", "-o", "plan.jsonl")
    try #require(plan.code == 0, "\(plan.everything)")
  }

  deinit { try? FileManager.default.removeItem(at: process.folder) }

  private static func madeUpKeys(in folder: URL) throws -> [String: String] {
    let text = try String(contentsOf: folder.appending(path: "made-up-maks.env"), encoding: .utf8)
    return text.split(separator: "\n").reduce(into: [:]) { keys, line in
      let words = line.replacing("export ", with: "").split(separator: "=", maxSplits: 1)
      guard words.count == 2, words[0].hasPrefix("MUSTER_") else { return }
      keys[String(words[0])] = words[1].trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
    }
  }

  /// How many events are durable.
  func events() async throws -> Int64 {
    let view = try RunView(folder: process.folder)
    return try #require(await view.contents()).lastSequence
  }

  /// Says a command until it has been obeyed, and kills the process on the way.
  func insist(_ command: [String], kills: Int, growth: Int64, seed: UInt64) async throws {
    let (ending, met) = try await Kills(count: kills, growth: growth, seed: seed)
      .meet(command, of: process)
    self.kills += met
    try #require([0, 11].contains(ending.code), "\(ending.code): \(ending.everything)")
  }

  func run(_ arguments: String...) async throws -> MusterProcess.Ending {
    try await process.run(arguments)
  }

  func status() async throws -> Status {
    let said = try await process.run("status", "plan.jsonl", "--json")
    return try JSONDecoder().decode(Status.self, from: Data(said.output.utf8))
  }

  /// MAK activations that the activation service granted, by host.
  func spent() throws -> [String: Int] {
    try deeds().reduce(into: [:]) { spent, deed in
      if deed.spent { spent[deed.host, default: 0] += 1 }
    }
  }

  /// Hosts that Muster wrote to although the plan does not name them.
  func strangers() throws -> Set<String> {
    let planned = Set(try RunView(folder: process.folder).plan.hosts.map(\.name.rawValue))
    return Set(try deeds().filter(\.byMuster).map(\.host)).subtracting(planned)
  }

  /// What was really done to the fleet, by its own ledger.
  private func deeds() throws -> [(host: String, byMuster: Bool, spent: Bool)] {
    try FleetLedger.read(process.folder.appending(path: "contoso.fleet").path)
  }
}
