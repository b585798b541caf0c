import Engine
package import Execution
import GRDB
import Planning
import VolumeActivation

extension SQLiteJournal {
  package func commit(_ batch: JournalBatch) throws(JournalError) {
    let before = lastSequence
    overwritten.removeAll(keepingCapacity: true)
    do {
      try database.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try fence(db)
          try append(batch.events, to: db)
          try update(batch.hosts, in: db)
          try keep(batch.checkpoints, in: db)
          try answer(batch.answers, in: db)
          try note(batch.run, in: db)
          return .commit
        }
      }
      storedRun = batch.run
    } catch {
      lastSequence = before
      for (host, sequence) in overwritten.reversed() { lastOfHost[host] = sequence }
      let failure = JournalError(error, file: files.journal)
      if case .full = failure.failure { _ = ballast.release() }
      throw failure
    }
  }

  /// Stops a process that lost its run to another although the lock should have kept that one out.
  private func fence(_ db: Database) throws {
    let statement = try db.cachedStatement(sql: "SELECT max(id) FROM epoch")
    guard try UInt32.fetchOne(statement) == epoch else {
      let owner = try String.fetchOne(db, sql: "SELECT owner FROM epoch ORDER BY id DESC")
      throw JournalError(.overtaken(owner: owner ?? "an unnamed process"), file: files.journal)
    }
  }

  private func append(_ events: [Event], to db: Database) throws {
    let sql = """
      INSERT INTO event(seq, epoch, at, kind, host, prev, step, attempt, code, detail)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    var statement = try RawStatement(try db.cachedStatement(sql: sql), of: db)
    for event in events {
      lastSequence += 1
      let stored = StoredEvent(event, sequence: lastSequence, epoch: epoch)
      let host = stored.host.map { Int($0.rawValue) }
      try statement.bind(stored.sequence)
      try statement.bind(Int64(stored.epoch))
      try statement.bind(stored.at.rawValue)
      try statement.bind(stored.kind.rawValue)
      try statement.bind(host.map { Int64($0) })
      try statement.bind(host.map { lastOfHost[$0] })
      try statement.bind(stored.step?.word)
      try statement.bind(stored.attempt.map { Int64($0) })
      try statement.bind(stored.code)
      try statement.bind(stored.detail)
      try statement.run()
      if let host {
        overwritten.append((host, lastOfHost[host]))
        lastOfHost[host] = lastSequence
      }
    }
  }

  private func update(_ rows: [HostRow], in db: Database) throws {
    var statement = try RawStatement(try db.cachedStatement(sql: HostRow.update), of: db)
    for row in rows {
      try row.bind(to: &statement, sequence: lastOfHost[Int(row.id.rawValue)])
      try statement.run()
    }
  }

  private func keep(_ checkpoints: [Checkpoint], in db: Database) throws {
    guard !checkpoints.isEmpty else { return }
    let sql = "INSERT OR IGNORE INTO checkpoint(host, seq, state) VALUES(?, ?, ?)"
    var statement = try RawStatement(try db.cachedStatement(sql: sql), of: db)
    for checkpoint in checkpoints {
      try statement.bind(Int64(checkpoint.host.rawValue))
      try statement.bind(lastOfHost[Int(checkpoint.host.rawValue)])
      try statement.bind(jsonText(StoredHostState(checkpoint.state)))
      try statement.run()
    }
  }

  private func answer(_ answers: [CommandAnswer], in db: Database) throws {
    for answer in answers {
      let text = jsonText(StoredReply(answer.reply))
      try db.execute(
        literal: """
          INSERT INTO answer(command, seq, answer)
          VALUES(\(answer.command.rawValue), \(lastSequence), \(text))
          """)
    }
  }

  /// Writes the run's state, whole only when more than its counters moved.
  private func note(_ run: RunState, in db: Database) throws {
    var old = storedRun
    (old.attempts, old.now) = (run.attempts, run.now)
    let whole = old == run ? nil : jsonText(StoredRun(run))
    let sql = "UPDATE run SET attempts = ?, at = ?, state = coalesce(?, state)"
    var statement = try RawStatement(try db.cachedStatement(sql: sql), of: db)
    try statement.bind(Int64(run.attempts))
    try statement.bind(run.now.rawValue)
    try statement.bind(whole)
    try statement.run()
  }
}
