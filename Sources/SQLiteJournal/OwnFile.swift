import Execution
import Glibc

/// The files of a run, which belong to whoever runs it and to nobody else.
enum OwnFile {
  /// Opens a file to read and write, and makes it when it is missing; its mode is 0600 then.
  ///
  /// Nothing is done to a file that is not ours alone.
  static func open(_ path: String) throws(JournalError) -> Int32 {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == ELOOP { throw JournalError(.foreign(FileFlaw.symbolicLink.words), file: path) }
      throw JournalError(openingFile: path)
    }
    if let flaw = FileFlaw(of: descriptor) {
      _ = close(descriptor)
      throw JournalError(.foreign(flaw.words), file: path)
    }
    _ = fchmod(descriptor, 0o600)
    return descriptor
  }
}
