import FoundationEssentials
import GRDB
import SQLiteJournal

/// Every row of a run's three databases, so that two states can be told apart.
struct DiskState: Hashable {
  /// The rows of each table; a file without tables has none.
  private(set) var journal: [String: [String]]
  private(set) var inbox: [String: [String]]
  private(set) var estate: [String: [String]]

  static func estate(in files: RunFiles) -> String { files.plan + ".estate" }

  /// Reads what is there, with nobody else at it.
  init(in folder: String) throws {
    let files = RunFiles(plan: folder + "/plan.jsonl")
    journal = try Self.rows(of: files.journal)
    inbox = try Self.rows(of: files.inbox)
    estate = try Self.rows(of: Self.estate(in: files))
    // Where the file lies, and how a process said that it ended, is no part of a run's state.
    journal["journal"] = journal["journal"].map { ["\($0.count)"] }
    journal["epoch"] = journal["epoch"].map { ["\($0.count)"] }
  }

  private static func rows(of path: String) throws -> [String: [String]] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    return try DatabaseQueue(path: path).read { db in
      guard try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"] else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(path) fails its check")
      }
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
      return try Dictionary(
        uniqueKeysWithValues: tables.map { table in
          (table, try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map(\.description))
        })
    }
  }
}
