import Engine
import Execution
import FoundationEssentials
import GRDB
import Planning
import VolumeActivation

extension JournalFile {
  /// The last event, each host's last event, and the run.
  static func position(_ db: Database, hosts: Int) throws -> (Int64, [Int64], RunState) {
    let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event") ?? 0
    let ofHosts = try Int64.fetchAll(db, sql: "SELECT seq FROM host ORDER BY id")
    guard ofHosts.count == hosts else { throw StoredCountError(found: ofHosts.count, hosts: hosts) }
    return (last, ofHosts, try run(db))
  }

  /// What a process needs to take the run up.
  static func contents(_ db: Database) throws -> JournalContents {
    var hosts: [HostRun] = []
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM host ORDER BY id")
    while let row = try rows.next() { hosts.append(try HostRun(row: row)) }
    let answered = try String.fetchAll(db, sql: "SELECT command FROM answer")
    return JournalContents(
      epoch: try UInt32.fetchOne(db, sql: "SELECT max(id) FROM epoch") ?? 0, hosts: hosts,
      run: try run(db), answered: Set(answered.map(CommandID.init(rawValue:))),
      lastSequence: try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event") ?? 0)
  }

  static func run(_ db: Database) throws -> RunState {
    guard let row = try Row.fetchOne(db, sql: "SELECT attempts, at, state FROM run") else {
      throw StoredCountError(found: 0, hosts: 0)
    }
    let state: String = row["state"]
    var run = try JSONDecoder().decode(StoredRun.self, from: Data(state.utf8)).run()
    run.attempts = row["attempts"]
    run.now = Timestamp(rawValue: row["at"])
    return run
  }

  static func checkpoint(_ db: Database, of host: HostID) throws -> HostState? {
    let sql: SQL = "SELECT state FROM checkpoint WHERE host = \(host.rawValue)"
    guard let text = try SQLRequest<String>(literal: sql).fetchOne(db) else { return nil }
    return try JSONDecoder().decode(StoredHostState.self, from: Data(text.utf8)).state()
  }

  static func reply(_ db: Database, to command: CommandID) throws -> Reply? {
    let sql: SQL = "SELECT answer FROM answer WHERE command = \(command.rawValue)"
    guard let text = try SQLRequest<String>(literal: sql).fetchOne(db) else { return nil }
    return try JSONDecoder().decode(StoredReply.self, from: Data(text.utf8)).reply()
  }

  static func events(_ db: Database, after sequence: Int64, limit: Int) throws -> [StoredEvent] {
    let sql: SQL = """
      SELECT seq, epoch, at, kind, host, step, attempt, code, detail FROM event
      WHERE seq > \(sequence) ORDER BY seq LIMIT \(limit)
      """
    var events: [StoredEvent] = []
    let rows = try SQLRequest<Row>(literal: sql).fetchCursor(db)
    while let row = try rows.next() {
      let number: Int64 = row[0]
      let kindWord: String = row[3]
      guard let kind = StoredEvent.Kind(rawValue: kindWord) else {
        throw StoredEventError(sequence: number, problem: "it is called \(kindWord)")
      }
      let host: UInt32? = row[4]
      let step: String? = row[5]
      events.append(
        StoredEvent(
          sequence: number, epoch: row[1], at: Timestamp(rawValue: row[2]), kind: kind,
          host: host.map(HostID.init(rawValue:)), step: step.flatMap(Step.init(word:)),
          attempt: row[6], code: row[7], detail: row[8]))
    }
    return events
  }
}

/// A journal whose tables do not hold what its plan has.
struct StoredCountError: Error, CustomStringConvertible {
  var found: Int
  var hosts: Int

  var description: String { "it has rows for \(found) of \(hosts) hosts, or none for the run" }
}
