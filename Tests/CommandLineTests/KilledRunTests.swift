import Foundation
import Testing

/// The example company, killed with SIGKILL at random moments and taken up again each time.
@Suite(.serialized) struct KilledRunTests {
  @Test func `50 kills change nothing about where the fleet ends`() async throws {
    let calm = try await Migration(named: "calm")
    try await calm.finish(kills: 0, seed: 0)
    let killed = try await Migration(named: "killed")
    try await killed.finish(kills: 50, seed: 1)

    #expect(killed.kills == 50)
    let expected = try await calm.phases()
    #expect(try await killed.phases() == expected)
    #expect(expected == ["licensed": 486])
    #expect(try killed.spent().isEmpty)
    #expect(try killed.strangers().isEmpty)
  }

  @Test func `kills during a rollback spend no activation twice`() async throws {
    let migration = try await Migration(named: "rollback")
    try await migration.finish(kills: 0, seed: 0)
    try await migration.rollBack(wave: 3, kills: 12, seed: 2)

    let spent = try migration.spent()
    #expect(spent.values.allSatisfy { $0 == 1 }, "\(spent)")
    let phases = try await migration.phases()
    // An activation whose sending a kill left in doubt counts as spent and is not repeated.
    #expect(phases["licensed", default: 0] == 486 - 35)
    #expect(phases["restored", default: 0] + phases["stranded", default: 0] == 35)
    #expect(phases["restored", default: 0] <= spent.count)
    let said = try await migration.status().maks.reduce(0) { $0 + $1.spent }
    #expect(said >= spent.count)
  }
}

/// One run of the example on a fleet without faults, in a folder of its own.
private final class Migration {
  fileprivate struct Status: Decodable {
    struct MAK: Decodable { var spent: Int }
    var phases: [String: Int]
    var maks: [MAK]
  }

  private let process: MusterProcess
  private(set) var kills = 0

  init(named name: String) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "muster-killed-\(name)-\(ProcessInfo.processInfo.processIdentifier)")
    try? FileManager.default.removeItem(at: folder)
    let example = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../examples/contoso").standardized
    try FileManager.default.copyItem(at: example, to: folder)
    let settings = folder.appending(path: "muster.yaml")
    let text = try String(contentsOf: settings, encoding: .utf8)
      .replacing("faults: light", with: "faults: none")
      .replacing("speed: 600", with: "speed: 2000")
      .replacing("approve: [4]", with: "approve: []")
    try Data(text.utf8).write(to: settings)
    var environment: [String: String] = [:]
    let keys = try String(contentsOf: folder.appending(path: "made-up-maks.env"), encoding: .utf8)
    for line in keys.split(separator: "\n") {
      let words = line.replacing("export ", with: "").split(separator: "=", maxSplits: 1)
      if words.count == 2, words[0].hasPrefix("MUSTER_") {
        environment[String(words[0])] = words[1].trimmingCharacters(
          in: CharacterSet(charactersIn: "'\""))
      }
    }
    process = MusterProcess(folder: folder, environment: environment)
    let plan = try await process.run("plan", "inventory.csv", "-o", "plan.jsonl")
    try #require(plan.code == 0, "\(plan.everything)")
  }

  deinit { try? FileManager.default.removeItem(at: process.folder) }

  func finish(kills: Int, seed: UInt64) async throws {
    try await run(["apply", "plan.jsonl"], kills: kills, seed: seed)
  }

  func rollBack(wave: Int, kills: Int, seed: UInt64) async throws {
    try await run(["rollback", "plan.jsonl", "--wave", "\(wave)"], kills: kills, seed: seed)
  }

  /// Runs a command to its end, with this many kills on the way and as many fresh starts.
  private func run(_ command: [String], kills: Int, seed: UInt64) async throws {
    var chance = SplitMix(state: seed)
    var left = kills
    for attempt in 0..<(kills + 20) {
      let running = try process.start(attempt == 0 ? command : ["apply", "plan.jsonl"])
      if left > 0 {
        try await Task.sleep(for: .milliseconds(20 + Int(chance.next() % 230)))
        if running.isRunning {
          running.send(SIGKILL)
          left -= 1
        }
      }
      let ending = await running.ending()
      guard ending.wasKilled else {
        try #require([0, 11].contains(ending.code), "\(ending.code): \(ending.everything)")
        return
      }
      self.kills += 1
    }
    Issue.record("the run did not end")
  }

  fileprivate func status() async throws -> Status {
    let said = try await process.run("status", "plan.jsonl", "--json")
    return try JSONDecoder().decode(Status.self, from: Data(said.output.utf8))
  }

  func phases() async throws -> [String: Int] { try await status().phases }

  /// MAK activations spent at the activation service, by host.
  func spent() throws -> [String: Int] {
    var spent: [String: Int] = [:]
    for host in try ledger("spent IS NOT NULL") { spent[host, default: 0] += 1 }
    return spent
  }

  /// Hosts that Muster wrote to although the plan does not name them.
  func strangers() throws -> Set<String> {
    let plan = try String(contentsOf: process.folder.appending(path: "plan.jsonl"), encoding: .utf8)
    return Set(try ledger("doer = 'muster'")).filter { !plan.contains("{\"host\":\"\($0)\"") }
  }

  /// The hosts of the fleet's ledger lines that a condition picks.
  private func ledger(_ condition: String) throws -> [String] {
    let sqlite = Process()
    sqlite.executableURL = URL(filePath: "/usr/bin/env")
    sqlite.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1]).execute("SELECT host FROM ledger WHERE " + sys.argv[2]):
          print(row[0])
      """,
      process.folder.appending(path: "contoso.fleet").path, condition,
    ]
    let pipe = Pipe()
    sqlite.standardOutput = pipe
    try sqlite.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    sqlite.waitUntilExit()
    try #require(sqlite.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
