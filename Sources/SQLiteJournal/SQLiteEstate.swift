package import Execution
import GRDB
package import Planning
package import VolumeActivation

/// `muster.estate` beside the configuration: what its plans claim of one another's hosts and MAKs.
package actor SQLiteEstate: Estate {
  private let path: String
  private let database: DatabaseQueue

  /// Opens the estate, and makes it when it is missing.
  package init(path: String) throws(EstateError) {
    self.path = path
    do {
      database = try JournalFile.open(path)
      try database.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          let format = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
          guard format <= Self.format else {
            throw EstateError(.newerFormat(format, known: Self.format), file: path)
          }
          if format < 1 { try db.execute(sql: Self.tables) }
          if format < 2 { try db.execute(sql: Self.countedTable) }
          return .commit
        }
      }
    } catch {
      throw EstateError(error, file: path)
    }
  }

  private static let format = 2

  private static let tables = """
    CREATE TABLE plan(
      digest TEXT PRIMARY KEY, file TEXT NOT NULL, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE claim(
      host TEXT PRIMARY KEY, plan TEXT NOT NULL REFERENCES plan) STRICT, WITHOUT ROWID;
    CREATE TABLE purse(
      mak TEXT NOT NULL, plan TEXT NOT NULL REFERENCES plan, held INTEGER NOT NULL,
      spent INTEGER NOT NULL, touched INTEGER NOT NULL, PRIMARY KEY(mak, plan))
      STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;
    """

  private static let countedTable = """
    CREATE TABLE counted(host TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 2;
    """

  package func claim(_ claim: EstateClaim, at now: Timestamp) throws(EstateError) {
    try write { db in
      let plan = claim.plan.rawValue
      try db.execute(
        literal: """
          INSERT INTO plan VALUES(\(plan), \(claim.planFile), \(now.rawValue))
          ON CONFLICT DO UPDATE SET file = excluded.file
          """)
      try self.take(claim.hosts, plan: plan, in: db)
      for purse in claim.purses { try self.fill(purse, of: claim, at: now, in: db) }
    }
  }

  package func note(
    _ purses: [EstateClaim.Purse], of plan: PlanDigest, at now: Timestamp
  ) throws(EstateError) {
    try write { db in
      for purse in purses {
        try db.execute(
          literal: """
            UPDATE purse SET held = \(purse.held), spent = \(purse.spent),
              touched = iif(spent = \(purse.spent), touched, \(now.rawValue))
            WHERE mak = \(purse.mak.description) AND plan = \(plan.rawValue)
            """)
      }
    }
  }

  package func note(counted hosts: [HostName], at now: Timestamp) throws(EstateError) {
    try write { db in
      let insert = try db.cachedStatement(
        sql: """
          INSERT INTO counted VALUES(?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)
          """)
      for host in hosts { try insert.execute(arguments: [host.rawValue, now.rawValue]) }
    }
  }

  /// The hosts that were counted, and when last.
  package func counted() throws(EstateError) -> [HostName: Timestamp] {
    do {
      return try database.read { db in
        let rows = try Row.fetchAll(db, sql: "SELECT host, at FROM counted")
        return rows.reduce(into: [:]) { counted, row in
          let name: String = row["host"]
          guard let host = HostName(name) else { return }
          counted[host] = Timestamp(rawValue: row["at"])
        }
      }
    } catch {
      throw EstateError(error, file: path)
    }
  }

  package func release(_ plan: PlanDigest, keeping kept: [HostName]) throws(EstateError) {
    try write { db in
      try db.execute(literal: "DELETE FROM claim WHERE plan = \(plan.rawValue)")
      try self.take(kept, plan: plan.rawValue, in: db)
      if kept.isEmpty {
        try db.execute(literal: "UPDATE purse SET held = 0 WHERE plan = \(plan.rawValue)")
      }
    }
  }

  private func take(_ hosts: [HostName], plan: String, in db: Database) throws {
    let insert = try db.cachedStatement(
      sql: "INSERT INTO claim(host, plan) VALUES(?, ?) ON CONFLICT DO NOTHING")
    for host in hosts { try insert.execute(arguments: [host.rawValue, plan]) }
    let holder = try db.cachedStatement(sql: "SELECT plan FROM claim WHERE host = ?")
    var taken: [(HostName, String)] = []
    for host in hosts {
      if let other = try String.fetchOne(holder, arguments: [host.rawValue]), other != plan {
        taken.append((host, other))
      }
    }
    guard let first = taken.min(by: { $0.0 < $1.0 }) else { return }
    let count = taken.count { $0.1 == first.1 }
    throw EstateError(
      .hostsTaken(first.0, count: count, plan: try file(of: first.1, in: db)), file: path)
  }

  private func fill(
    _ purse: EstateClaim.Purse, of claim: EstateClaim, at now: Timestamp, in db: Database
  ) throws {
    let (mak, plan) = (purse.mak.description, claim.plan.rawValue)
    if purse.spent > 0 {
      let sql: SQL = "SELECT held + spent FROM purse WHERE mak = \(mak) AND plan = \(plan)"
      let known = try SQLRequest<Int>(literal: sql).fetchOne(db) ?? 0
      guard known >= purse.spent else {
        throw EstateError(.older(purse.mak, estate: known, journal: purse.spent), file: path)
      }
    }
    // What others spent before the plan was made is off `left` already.
    let others: SQL = """
      SELECT plan, held + iif(touched > \(claim.asOf.rawValue), spent, 0) AS taken FROM purse
      WHERE mak = \(mak) AND plan <> \(plan) ORDER BY taken DESC, plan
      """
    let rows = try SQLRequest<Row>(literal: others).fetchAll(db)
    let taken = rows.reduce(0) { sum, row in
      let taken: Int = row["taken"]
      return sum + taken
    }
    let left = purse.left - purse.spent - taken
    if left < purse.held, taken > 0, let other: String = rows.first?["plan"] {
      throw EstateError(
        .activationsTaken(
          purse.mak, left: left, needed: purse.held, plan: try file(of: other, in: db)),
        file: path)
    }
    try db.execute(
      literal: """
        INSERT INTO purse VALUES(\(mak), \(plan), \(purse.held), \(purse.spent), \(now.rawValue))
        ON CONFLICT DO UPDATE SET held = excluded.held, spent = excluded.spent
        """)
  }

  private func file(of plan: String, in db: Database) throws -> String {
    let sql: SQL = "SELECT file FROM plan WHERE digest = \(plan)"
    return try SQLRequest<String>(literal: sql).fetchOne(db) ?? "another plan"
  }

  private func write(_ body: (Database) throws -> Void) throws(EstateError) {
    do {
      try database.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try body(db)
          return .commit
        }
      }
    } catch {
      throw EstateError(error, file: path)
    }
  }
}

extension EstateError {
  /// What a failure of SQLite means for an estate.
  init(_ error: any Error, file: String) {
    if let error = error as? EstateError {
      self = error
    } else {
      self.init(.unusable(JournalError(error, file: file).failure.problem), file: file)
    }
  }
}
