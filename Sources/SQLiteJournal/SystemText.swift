import Execution
import Glibc

/// What the operating system calls an error.
func systemText(_ code: Int32) -> String {
  guard let text = strerror(code) else { return "error \(code)" }
  return String(cString: text)
}

extension JournalError {
  /// What `errno` says of a file that could not be opened.
  init(openingFile path: String) {
    let code = errno
    switch code {
    case EACCES, EPERM, EROFS: self.init(.readOnly, file: path)
    case ENOSPC, EDQUOT: self.init(.full, file: path)
    default: self.init(.failed("cannot open: \(systemText(code))"), file: path)
    }
  }
}
