import Execution
import Glibc

/// The files of a run, which belong to whoever runs it and to nobody else.
enum OwnFile {
  /// Opens a file to read and write, and makes it when it is missing; its mode is 0600 then.
  ///
  /// Nothing is done to a file that is not ours alone.
  static func open(_ path: String) throws(JournalError) -> Int32 {
    let descriptor: Int32?
    do throws(FileFlaw) {
      descriptor = try FileFlaw.opening(path, O_RDWR, mode: 0o600)
    } catch {
      throw JournalError(.foreign(error.words), file: path)
    }
    guard let descriptor else { throw JournalError(openingFile: path) }
    _ = fchmod(descriptor, 0o600)
    return descriptor
  }
}
