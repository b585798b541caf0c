import Dispatch
import Foundation
import Planning
import Synchronization

/// Whole files in and out, with messages that name them.
enum FileBytes {
  /// Reads a file; `-` is standard input.
  static func readOrInput(_ path: String) throws -> [UInt8] {
    try read(path == "-" ? "/dev/stdin" : path)
  }

  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var about = stat()
    guard fstat(descriptor, &about) == 0 else { throw unreadable(path, errno) }
    guard about.st_mode & S_IFMT != S_IFDIR else { throw unreadable(path, EISDIR) }
    // A pipe has no size, and a file may have grown or shrunk since it was asked for its own.
    let isFile = about.st_mode & S_IFMT == S_IFREG
    let size = isFile ? Int(about.st_size) : 0
    var bytes = try beginning(size, of: descriptor, path)
    guard bytes.count == size else { return bytes }
    if isFile { lseek(descriptor, off_t(size), SEEK_SET) }
    while true {
      let more = try piece(of: 1 << 16, from: descriptor, path)
      bytes += more
      if more.count < 1 << 16 { return bytes }
    }
  }

  /// The first bytes of a file, read on all processors; fewer than `size` when it has shrunk.
  private static func beginning(
    _ size: Int, of descriptor: Int32, _ path: String
  ) throws -> [UInt8] {
    let length = 1 << 23
    let end = Mutex(size)
    let failure = Mutex<Int32?>(nil)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      // Each thread fills the bytes of its own piece.
      nonisolated(unsafe) let base = buffer.baseAddress
      DispatchQueue.concurrentPerform(iterations: (size + length - 1) / length) { number in
        var offset = number * length
        let limit = min(size, offset + length)
        while offset < limit {
          let count = pread(descriptor, base.map { $0 + offset }, limit - offset, off_t(offset))
          if count < 0, errno == EINTR { continue }
          if count < 0 { failure.withLock { $0 = errno } }
          if count <= 0 { return end.withLock { $0 = min($0, offset) } }
          offset += count
        }
      }
      filled = end.withLock { $0 }
    }
    if let code = failure.withLock({ $0 }) { throw unreadable(path, code) }
    return bytes
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
    // One that a process of our number left behind is of no use, and one that somebody put there
    // must not be followed.
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    var isWhole = false
    defer {
      close(descriptor)
      if !isWhole { unlink(temporary) }
    }
    try body { bytes in try write(bytes, to: descriptor, path) }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw unwritable(path, errno)
    }
    isWhole = true
  }

  /// Writes all of it to a file that is open, whose path is for messages.
  static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
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

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func unreadable(_ path: String, _ code: Int32) -> InputError {
    InputError(
      .input, at: InputError.Place(file: path), "it cannot be read: \(words(code))",
      remedy: "Check its name and your rights to it")
  }

  static func unwritable(_ path: String, _ code: Int32) -> InputError {
    InputError(
      .input, at: InputError.Place(file: path), "it cannot be written: \(words(code))",
      remedy: "Check its folder and your rights to it")
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
