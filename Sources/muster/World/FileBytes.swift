import Foundation
import Planning

/// Whole files in and out, with messages that name them.
enum FileBytes {
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var about = stat()
    guard fstat(descriptor, &about) == 0 else { throw unreadable(path, errno) }
    guard about.st_mode & S_IFMT != S_IFDIR else { throw unreadable(path, EISDIR) }
    // A file is taken in one piece, and one byte more than it has finds its end; a pipe has no size.
    let size = max(Int(about.st_size) + 1, 1 << 16)
    var bytes = try piece(of: size, from: descriptor, path)
    guard bytes.count == size else { return bytes }
    while true {
      let more = try piece(of: 1 << 20, from: descriptor, path)
      bytes += more
      if more.count < 1 << 20 { return bytes }
    }
  }

  /// The next bytes: fewer than asked for only at the end.
  private static func piece(
    of size: Int, from descriptor: Int32, _ path: String
  ) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let count = Foundation.read(
          descriptor, buffer.baseAddress.map { $0 + filled }, size - filled)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw unreadable(path, errno) }
        if count == 0 { return }
        filled += count
      }
    }
  }

  /// Writes a file that is there whole or not at all.
  static func write(_ path: String, _ body: ((_ bytes: [UInt8]) throws -> Void) throws -> Void)
    throws
  {
    let temporary = "\(path).\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    var isWhole = false
    defer {
      close(descriptor)
      if !isWhole { unlink(temporary) }
    }
    try body { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
          guard errno == EINTR else { throw unwritable(path, errno) }
        } else {
          rest = rest.dropFirst(count)
        }
      }
    }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw unwritable(path, errno)
    }
    isWhole = true
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func unreadable(_ path: String, _ code: Int32) -> InputError {
    InputError(
      .input, at: InputError.Place(file: path), "it cannot be read: \(words(code))",
      remedy: "Check its name and your rights to it")
  }

  private static func unwritable(_ path: String, _ code: Int32) -> InputError {
    InputError(
      .input, at: InputError.Place(file: path), "it cannot be written: \(words(code))",
      remedy: "Check its folder and your rights to it")
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
