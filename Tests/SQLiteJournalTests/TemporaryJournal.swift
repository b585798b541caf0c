import Execution
import Foundation
import GRDB
import Planning
import SQLiteJournal
import VolumeActivation

/// A copy of a released version's plan and journal, to do things to.
struct TemporaryJournal {
  let plan: Plan
  /// How many hosts stand where.
  let phases: [String: Int]
  let files: RunFiles
  private let folder: URL

  static let now = Timestamp(rawValue: 1_764_000_000_000)

  init(of version: String) throws {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: fixtures.appending(path: version), to: folder)
    let path = folder.appending(path: "plan.jsonl").path
    plan = try PlanDocument.read([UInt8](try Data(contentsOf: URL(filePath: path))), file: path)
    phases = try JSONDecoder().decode(
      [String: Int].self, from: Data(contentsOf: folder.appending(path: "phases.json")))
    files = RunFiles(plan: path)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func reader() throws -> JournalReader { try JournalReader(files: files, plan: plan.digest) }

  func open(adopt: Bool = false, process: Int32 = 1) throws -> SQLiteJournal {
    let owner = RunOwner(
      machine: "here", process: process, user: "tester", version: "test", since: Self.now)
    return try SQLiteJournal(files: files, plan: plan, owner: owner, adopt: adopt, at: Self.now)
  }

  /// Does something to the file that no version does.
  func edit(_ sql: String) throws {
    try DatabaseQueue(path: files.journal).write { try $0.execute(sql: sql) }
  }

  func read<Value: DatabaseValueConvertible>(_ sql: String, as: Value.Type) throws -> Value? {
    try DatabaseQueue(path: files.journal).read { try Value.fetchOne($0, sql: sql) }
  }
}
