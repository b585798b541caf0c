/// Text of a host that may be logged: whatever looks like a product key is masked in it.
package struct MaskedText: Hashable, Sendable {
  package let text: String

  /// Masks five groups of five letters or digits, and 25 characters of keys without hyphens.
  package init(_ original: some Sequence<UInt8>) {
    var bytes = Array(original)
    var start = 0
    while start < bytes.count {
      guard let end = Self.runEnd(in: bytes, from: start) else {
        start += 1
        continue
      }
      Self.mask(&bytes, start..<end)
      start = end
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// The end of the letters, digits and hyphens that begin here; nil when there are none.
  private static func runEnd(in bytes: [UInt8], from start: Int) -> Int? {
    var end = start
    while end < bytes.count, isLetterOrDigit(bytes[end]) || bytes[end] == hyphen { end += 1 }
    return end > start ? end : nil
  }

  private static func mask(_ bytes: inout [UInt8], _ run: Range<Int>) {
    for start in run {
      for length in [29, 25] where start + length <= run.upperBound {
        let candidate = bytes[start..<(start + length)]
        if length == 29 ? isGrouped(candidate) : isUngrouped(candidate) {
          for place in candidate.indices where bytes[place] != hyphen { bytes[place] = star }
        }
      }
    }
  }

  private static func isGrouped(_ candidate: ArraySlice<UInt8>) -> Bool {
    candidate.indices.allSatisfy { place in
      (place - candidate.startIndex) % 6 == 5
        ? candidate[place] == hyphen : isLetterOrDigit(candidate[place])
    }
  }

  private static func isUngrouped(_ candidate: ArraySlice<UInt8>) -> Bool {
    candidate.allSatisfy { keyLetters.contains($0) }
  }

  private static let hyphen = UInt8(ascii: "-")
  private static let star = UInt8(ascii: "*")
  private static let keyLetters = Set("BCDFGHJKMNPQRTVWXY2346789bcdfghjkmnpqrtvwxy".utf8)

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    CIMName.canHold(byte) && byte != UInt8(ascii: "_")
  }
}

extension MaskedText: CustomStringConvertible {
  package var description: String { text }
}

extension MaskedText: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text.utf8) }
}
