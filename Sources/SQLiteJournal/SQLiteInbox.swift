package import Engine
package import Execution
import FoundationEssentials
import GRDB
package import Planning
package import VolumeActivation

/// Commands from other terminals, in a database of its own: a run that commits back to back would
/// starve whoever writes to its journal.
package struct SQLiteInbox: Sendable {
  private let path: String
  private let plan: PlanDigest
  private let database: DatabaseQueue

  /// Opens the inbox of a plan, and makes it when it is missing.
  package init(files: RunFiles, plan: PlanDigest) throws(JournalError) {
    path = files.inbox
    self.plan = plan
    do {
      database = try JournalFile.open(files.inbox)
      let path = files.inbox
      try database.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          let format = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
          guard format <= Self.format else {
            throw JournalError(.newerFormat(format, known: Self.format), file: path)
          }
          if format == 0 { try db.execute(sql: Self.tables) }
          return .commit
        }
      }
    } catch {
      throw JournalError(error, file: files.inbox)
    }
  }

  private static let format = 1

  private static let tables = """
    CREATE TABLE command(
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
      author TEXT NOT NULL, plan TEXT NOT NULL, verb TEXT NOT NULL,
      argument TEXT NOT NULL CHECK(json_valid(argument))) STRICT;
    PRAGMA user_version = 1;
    """

  /// Leaves a command for the run; it is durable when this returns.
  package func send(
    _ command: Command, author: String, at now: Timestamp
  ) throws(JournalError) {
    let stored = StoredCommand(command)
    do {
      let text = jsonText(stored)
      try database.write { db in
        try db.execute(
          literal: """
            INSERT INTO command(id, at, author, plan, verb, argument) VALUES(\(stored.id),
              \(now.rawValue), \(author), \(plan.rawValue), \(stored.verb), \(text))
            """)
      }
    } catch {
      throw JournalError(error, file: path)
    }
  }

  /// The commands of the plan after `number`, oldest first, each with its own number.
  ///
  /// One that cannot be understood was written by another version, and is left to it.
  package func commands(after number: Int64) throws(JournalError) -> [(Int64, Command)] {
    do {
      let sql: SQL = """
        SELECT number, argument FROM command
        WHERE number > \(number) AND plan = \(plan.rawValue) ORDER BY number
        """
      return try database.read { db in
        try SQLRequest<Row>(literal: sql).fetchAll(db).compactMap { row in
          let text: String = row[1]
          guard
            let command = try? JSONDecoder().decode(StoredCommand.self, from: Data(text.utf8))
              .command
          else { return nil }
          return (row[0], command)
        }
      }
    } catch {
      throw JournalError(error, file: path)
    }
  }

  /// A number that changes when another connection has committed; it costs a few microseconds.
  package func version() throws(JournalError) -> Int64 {
    do {
      return try database.read { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    } catch {
      throw JournalError(error, file: path)
    }
  }
}

/// An inbox as a run watches it: it looks every 200 ms whether somebody wrote.
package actor WatchedInbox: Inbox {
  private let inbox: SQLiteInbox
  private var last: Int64 = 0
  private var version: Int64?

  package init(_ inbox: SQLiteInbox) {
    self.inbox = inbox
  }

  package func next() async throws -> [Command] {
    while true {
      let current = try inbox.version()
      if current != version {
        version = current
        let found = try rest()
        if !found.isEmpty { return found }
      }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  package func rest() throws -> [Command] {
    let found = try inbox.commands(after: last)
    if let number = found.last?.0 { last = number }
    return found.map(\.1)
  }
}
