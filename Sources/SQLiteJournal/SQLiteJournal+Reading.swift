package import Engine
package import Execution
import GRDB
package import Planning
package import VolumeActivation

extension SQLiteJournal {
  package func load() throws(JournalError) -> JournalContents {
    try read { try JournalFile.contents($0) }
  }

  package func checkpoint(of host: HostID) throws(JournalError) -> HostState? {
    try read { try JournalFile.checkpoint($0, of: host) }
  }

  package func events(
    after sequence: Int64, limit: Int
  ) throws(JournalError) -> [StoredEvent] {
    try read { try JournalFile.events($0, after: sequence, limit: limit) }
  }

  package func reply(to command: CommandID) throws(JournalError) -> Reply? {
    try read { try JournalFile.reply($0, to: command) }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
    do {
      return try database.read(body)
    } catch {
      throw JournalError(error, file: files.journal)
    }
  }
}

/// A journal read beside the process that writes it, or when nobody does.
package struct JournalReader: JournalReading {
  private let path: String
  private let database: DatabaseQueue

  /// Opens the journal of a plan; throws `missing` when the plan was never applied.
  package init(files: RunFiles, plan: PlanDigest) throws(JournalError) {
    path = files.journal
    do {
      database = try JournalFile.openToRead(files.journal)
      let file = JournalFile(path: files.journal)
      try database.read { try file.check($0, plan: plan) }
    } catch {
      throw JournalError(error, file: files.journal)
    }
  }

  package func load() throws(JournalError) -> JournalContents {
    try read { try JournalFile.contents($0) }
  }

  package func checkpoint(of host: HostID) throws(JournalError) -> HostState? {
    try read { try JournalFile.checkpoint($0, of: host) }
  }

  package func events(
    after sequence: Int64, limit: Int
  ) throws(JournalError) -> [StoredEvent] {
    try read { try JournalFile.events($0, after: sequence, limit: limit) }
  }

  package func reply(to command: CommandID) throws(JournalError) -> Reply? {
    try read { try JournalFile.reply($0, to: command) }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
    do {
      return try database.read(body)
    } catch {
      throw JournalError(error, file: path)
    }
  }
}
