/// Text of a host that may be logged: whatever looks like a product key is masked in it, and it is
/// cut at 4 KiB.
package struct MaskedText: Hashable, Sendable {
  package let text: String

  /// Masks five groups of five letters or digits, and 25 characters of keys without hyphens.
  package init(_ original: some Sequence<UInt8>) {
    // A key that begins before the cut is looked at whole.
    let original = Array(original.prefix(Self.limit + Self.groupedLength))
    var masked = original
    for start in original.indices {
      for length in [Self.groupedLength, Self.ungroupedLength]
      where start + length <= original.count {
        let candidate = original[start..<(start + length)]
        let isKey =
          length == Self.groupedLength
          ? Self.isGrouped(candidate) : Self.isUngrouped(candidate)
        guard isKey else { continue }
        for place in candidate.indices where original[place] != Self.hyphen {
          masked[place] = Self.star
        }
      }
    }
    text = String(decoding: masked.prefix(Self.limit), as: UTF8.self)
  }

  private static let limit = 4096
  private static let groupedLength = 29
  private static let ungroupedLength = 25

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
