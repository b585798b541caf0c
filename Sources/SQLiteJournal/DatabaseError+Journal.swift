import Execution
import GRDB
import Glibc

extension JournalError {
  /// What a failure of SQLite means for a journal.
  init(_ error: any Error, file: String) {
    switch error {
    case let error as JournalError: self = error
    case let error as DatabaseError: self.init(JournalFailure(error), file: file)
    case let error: self.init(.damaged("\(error)"), file: file)
    }
  }
}

extension JournalFailure {
  /// What a result code of SQLite means for a journal.
  init(_ error: DatabaseError) {
    let text = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch (error.resultCode, error.extendedResultCode) {
    case (.SQLITE_FULL, _), (_, .SQLITE_IOERR_SHMSIZE): self = .full
    case (.SQLITE_IOERR, _) where errno == EFBIG || errno == EDQUOT || errno == ENOSPC:
      // A quota or a limit on the size of files: SQLite knows only ENOSPC as a full disk.
      self = .full
    case (.SQLITE_READONLY, _), (.SQLITE_PERM, _), (.SQLITE_CANTOPEN, _): self = .readOnly
    case (.SQLITE_CORRUPT, _), (.SQLITE_NOTADB, _), (.SQLITE_FORMAT, _): self = .damaged(text)
    case (.SQLITE_BUSY, _), (.SQLITE_LOCKED, _):
      self = .failed("another program keeps it locked (\(text))")
    default: self = .failed(text)
    }
  }
}
