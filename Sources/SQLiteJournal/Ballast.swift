import FoundationEssentials
import Glibc

/// Room on the disk that is given up when it is full, so that answers in hand can be written.
struct Ballast: Sendable {
  let path: String
  /// 16 MiB hold some thousand outcomes.
  var size: off_t = 16 << 20

  /// Allocates the room; false when there is none.
  func restore() -> Bool {
    guard let descriptor = try? OwnFile.open(path) else { return false }
    defer { _ = close(descriptor) }
    guard posix_fallocate(descriptor, 0, size) == 0 else {
      _ = unlink(path)
      return false
    }
    return true
  }

  /// Gives the room up; false when there was none to give.
  func release() -> Bool { unlink(path) == 0 }
}
