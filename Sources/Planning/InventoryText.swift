/// A stretch of a `TextArena`.
package struct TextRange: Hashable, Sendable {
  package var offset: UInt32
  package var length: UInt32

  package init(offset: UInt32, length: UInt32) {
    self.offset = offset
    self.length = length
  }

  package static let empty = TextRange(offset: 0, length: 0)
  package var isEmpty: Bool { length == 0 }
}

/// The bytes of all texts that are different for every host, end to end, in UTF-8.
package struct TextArena: Hashable, Sendable {
  package var bytes: [UInt8]

  package init(bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// The text of a stretch.
  package subscript(range: TextRange) -> String {
    let start = Int(range.offset)
    return String(decoding: bytes[start..<start + Int(range.length)], as: UTF8.self)
  }

  /// Below 0, 0 or above 0, as the first text's bytes come before, equal or come after the second's.
  package func compare(_ left: TextRange, _ right: TextRange) -> Int {
    bytes.withUnsafeBufferPointer { compareTexts(left, right, in: $0) }
  }

  package mutating func append(_ text: some Sequence<UInt8>) -> TextRange {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return TextRange(offset: UInt32(start), length: UInt32(bytes.count - start))
  }
}
