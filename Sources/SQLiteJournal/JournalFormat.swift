import GRDB

/// The tables of a journal, format by format; a released format is never edited.
///
/// Beside the model's tables, what it keeps in `activation`, `hold` and `reading` stands in the
/// host's row, in the run's state and in events of their kind: one truth each.
enum JournalFormat {
  /// The format that this version writes.
  static let current = formats.count

  /// `PRAGMA application_id`: `MSTR`.
  static let applicationID: Int32 = 0x4D53_5452

  /// What leads from each format to the next; the first makes an empty file a journal.
  static let formats = [first]

  private static let first = """
    CREATE TABLE journal(
      one INTEGER PRIMARY KEY CHECK(one = 1), format INTEGER NOT NULL, plan TEXT NOT NULL,
      machine TEXT NOT NULL, file TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
    CREATE TABLE epoch(
      id INTEGER PRIMARY KEY, started INTEGER NOT NULL, owner TEXT NOT NULL,
      version TEXT NOT NULL, ended INTEGER, ending TEXT) STRICT;
    CREATE TABLE event(
      seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL REFERENCES epoch, at INTEGER NOT NULL,
      kind TEXT NOT NULL, host INTEGER, prev INTEGER, step TEXT, attempt INTEGER, code INTEGER,
      detail TEXT CHECK(detail IS NULL OR json_valid(detail))) STRICT;
    CREATE TABLE host(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, wave INTEGER NOT NULL,
      kms INTEGER NOT NULL, phase TEXT NOT NULL, step TEXT,
      touched INTEGER NOT NULL CHECK(touched IN (0, 1, 2)), wish TEXT, reason TEXT NOT NULL,
      ending TEXT NOT NULL, tries INTEGER NOT NULL, granted INTEGER NOT NULL,
      spent INTEGER NOT NULL, strays INTEGER NOT NULL, marks INTEGER NOT NULL, way INTEGER NOT NULL,
      attempt INTEGER NOT NULL, era INTEGER NOT NULL, reading INTEGER NOT NULL,
      asked INTEGER NOT NULL, machine INTEGER NOT NULL, looked INTEGER, due INTEGER,
      deadline INTEGER, doubt INTEGER, answers INTEGER, silent INTEGER, seq INTEGER NOT NULL)
      STRICT;
    CREATE TABLE run(
      one INTEGER PRIMARY KEY CHECK(one = 1), attempts INTEGER NOT NULL, at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK(json_valid(state))) STRICT;
    CREATE TABLE checkpoint(
      host INTEGER PRIMARY KEY REFERENCES host, seq INTEGER NOT NULL REFERENCES event,
      state TEXT NOT NULL CHECK(json_valid(state))) STRICT;
    CREATE TABLE answer(
      command TEXT PRIMARY KEY, seq INTEGER NOT NULL REFERENCES event,
      answer TEXT NOT NULL CHECK(json_valid(answer))) STRICT;
    CREATE TRIGGER event_kept BEFORE UPDATE ON event
      BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER event_stays BEFORE DELETE ON event
      BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
    CREATE TRIGGER checkpoint_kept BEFORE UPDATE ON checkpoint
      BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
    CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
      BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;
    """
}
