import GRDB

/// What should never happen to a journal's file.
enum SpoiltJournal {
  /// Another process begins an epoch although the lock should have kept it out.
  static func overtake(_ path: String) throws {
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: "INSERT INTO epoch(started, owner, version) VALUES(0, 'an intruder', 'test')")
    }
  }
}
