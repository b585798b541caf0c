/// Reads one DER element after another.
struct DERReader {
  static let sequence: UInt8 = 0x30
  static let objectIdentifier: UInt8 = 0x06

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The content of the next element; nil when it has another tag or is cut off.
  mutating func next(tag: UInt8) -> ArraySlice<UInt8>? {
    guard rest.popFirst() == tag, let length = nextLength(), length <= rest.count else {
      return nil
    }
    defer { rest = rest.dropFirst(length) }
    return rest.prefix(length)
  }

  private mutating func nextLength() -> Int? {
    guard let first = rest.popFirst() else { return nil }
    guard first >= 0x80 else { return Int(first) }
    let octets = Int(first & 0x7F)
    guard (1...4).contains(octets), octets <= rest.count else { return nil }
    defer { rest = rest.dropFirst(octets) }
    return rest.prefix(octets).reduce(0) { $0 << 8 | Int($1) }
  }
}
