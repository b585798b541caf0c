import Foundation

/// Standard output and standard error: results go to the one, all other words to the other.
enum Console {
  /// Writes a result and ends the line.
  static func print(_ text: String) {
    write(text + "\n", to: STDOUT_FILENO)
  }

  /// Writes a word on the way and ends the line.
  static func say(_ text: String) {
    write(text + "\n", to: STDERR_FILENO)
  }

  /// Writes a piece of a line, or a line with its end.
  static func saySome(_ text: String) {
    write(text, to: STDERR_FILENO)
  }

  /// Writes why the command ends, under its name as other tools do.
  static func complain(_ text: String) {
    say("muster: " + text)
  }

  /// Writes one value for programs, keys sorted.
  static func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// A reader that has gone away is no reason to stop: what cannot be written is dropped.
  private static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes a document as it is to standard output.
  static func write(bytes: [UInt8]) {
    write(bytes, to: STDOUT_FILENO)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress, bytes.count)
      }
      if written < 0 {
        guard errno == EINTR || errno == EAGAIN else { return }
      } else {
        rest = rest.dropFirst(written)
      }
    }
  }
}
