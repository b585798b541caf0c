import Execution
import GRDB
import GRDBSQLite

/// A prepared statement whose values are bound without a detour: two of them write nine tenths of
/// a journal.
///
/// It is used between two awaits on the connection's own queue, and not kept.
struct RawStatement {
  /// Finalizes the pointer when it goes, so it is kept until the last use of that.
  private let statement: Statement
  private let pointer: OpaquePointer
  private let connection: OpaquePointer
  private var position: Int32 = 0

  init(_ statement: Statement, of database: Database) throws {
    guard let connection = database.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE)
    }
    self.statement = statement
    pointer = statement.sqliteStatement
    self.connection = connection
  }

  mutating func bind(_ value: Int64) throws {
    position += 1
    try withExtendedLifetime(statement) {
      try check(sqlite3_bind_int64(pointer, position, value))
    }
  }

  mutating func bind(_ value: Int64?) throws {
    guard let value else { return try bindNull() }
    try bind(value)
  }

  mutating func bind(_ value: String?) throws {
    guard var value else { return try bindNull() }
    position += 1
    let position = position
    try check(
      value.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(pointer, position, $0.baseAddress, Int32($0.count), Self.copied)
        }
      })
  }

  /// Runs the statement and makes it ready for the next values.
  mutating func run() throws {
    position = 0
    try withExtendedLifetime(statement) {
      let code = sqlite3_step(pointer)
      guard code == SQLITE_DONE else {
        let error = failure(code)
        sqlite3_reset(pointer)
        throw error
      }
      sqlite3_reset(pointer)
    }
  }

  private mutating func bindNull() throws {
    position += 1
    try check(sqlite3_bind_null(pointer, position))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }

  /// SQLITE_TRANSIENT, a macro with a cast that is not imported: SQLite copies the text.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}
