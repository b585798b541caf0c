import Engine
import Execution
import GRDB
import Glibc
import Planning
import VolumeActivation

/// One journal's file: made, opened, recognised and brought to the current format.
struct JournalFile {
  let path: String

  /// Opens the file, and makes it when it is missing.
  static func open(_ path: String) throws -> DatabaseQueue {
    // SQLite gives -wal and -shm the mode of the file itself, and follows no link to them.
    _ = close(try OwnFile.open(path))
    var configuration = Configuration()
    configuration.label = "muster.journal"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Opens the file to read beside whoever writes it.
  static func openToRead(_ path: String) throws -> DatabaseQueue {
    guard access(path, F_OK) == 0 else { throw JournalError(.missing, file: path) }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Makes the journal of a plan, or checks that this is it, and begins an epoch in it.
  func takeOver(
    _ db: Database, plan: Plan, owner: RunOwner, adopt: Bool, at now: Timestamp
  ) throws -> UInt32 {
    var epoch: UInt32 = 0
    try db.inTransaction(.immediate) {
      if try isEmpty(db) {
        try create(db, plan: plan, at: now)
      } else {
        try check(db, plan: plan.digest)
        try migrate(db)
        try claim(db, adopt: adopt)
      }
      try db.execute(
        literal: """
          INSERT INTO epoch(started, owner, version)
          VALUES(\(now.rawValue), \(owner.description), \(owner.version))
          """)
      epoch = UInt32(truncatingIfNeeded: db.lastInsertedRowID)
      return .commit
    }
    return epoch
  }

  /// Checks that the file is a journal of the plan, in a format that this version knows.
  func check(_ db: Database, plan: PlanDigest) throws {
    guard try !isEmpty(db) else { throw JournalError(.missing, file: path) }
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == JournalFormat.applicationID
    else { throw JournalError(.damaged("it is not a journal of Muster"), file: path) }
    guard let row = try Row.fetchOne(db, sql: "SELECT format, plan FROM journal") else {
      throw JournalError(.damaged("it has no first record"), file: path)
    }
    let format: Int = row["format"]
    guard format <= JournalFormat.current else {
      throw JournalError(.newerFormat(format, known: JournalFormat.current), file: path)
    }
    let digest: String = row["plan"]
    guard digest == plan.rawValue else {
      throw JournalError(.otherPlan(journal: digest, plan: plan.rawValue), file: path)
    }
  }

  private func isEmpty(_ db: Database) throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
  }

  private func create(_ db: Database, plan: Plan, at now: Timestamp) throws {
    try db.execute(sql: "PRAGMA application_id = \(JournalFormat.applicationID)")
    for format in JournalFormat.formats { try db.execute(sql: format) }
    guard let identity = MachineIdentity(file: path) else { throw JournalError(openingFile: path) }
    try db.execute(
      literal: """
        INSERT INTO journal VALUES(1, \(JournalFormat.current), \(plan.digest.rawValue),
          \(identity.machine), \(identity.file), \(now.rawValue))
        """)
    let engine = Engine(plan: plan)
    let insert = try db.makeStatement(
      sql: """
        INSERT INTO host(id, name, wave, kms, phase, touched, reason, ending, tries, granted, spent,
          strays, marks, way, attempt, era, reading, asked, machine, seq)
        VALUES(?, ?, ?, ?, '', 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        """)
    var update = try RawStatement(try db.makeStatement(sql: HostRow.update), of: db)
    for (index, host) in plan.hosts.enumerated() {
      try insert.execute(
        arguments: [index, host.name.rawValue, host.wave.rawValue, host.kmsHost.rawValue])
      let row = HostRow(id: HostID(rawValue: UInt32(index)), state: engine.hosts[index])
      try row.bind(to: &update, sequence: 0)
      try update.run()
    }
    let text = jsonText(StoredRun(engine.run))
    try db.execute(
      literal: """
        INSERT INTO run VALUES(1, \(engine.run.attempts), \(engine.run.now.rawValue),
          \(text))
        """)
  }

  private func migrate(_ db: Database) throws {
    let format = try Int.fetchOne(db, sql: "SELECT format FROM journal") ?? 0
    guard format < JournalFormat.current else { return }
    for sql in JournalFormat.formats[format...] { try db.execute(sql: sql) }
    try db.execute(literal: "UPDATE journal SET format = \(JournalFormat.current)")
  }

  /// Refuses a journal that is not where it was written, unless it is to be adopted.
  private func claim(_ db: Database, adopt: Bool) throws {
    guard let here = MachineIdentity(file: path) else { throw JournalError(openingFile: path) }
    let row = try Row.fetchOne(db, sql: "SELECT machine, file FROM journal")
    let machine: String? = row?["machine"]
    let file: String? = row?["file"]
    guard machine != here.machine || file != here.file else { return }
    guard adopt else { throw JournalError(.moved, file: path) }
    try db.execute(
      literal: "UPDATE journal SET machine = \(here.machine), file = \(here.file)")
  }
}
