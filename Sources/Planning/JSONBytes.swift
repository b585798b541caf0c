/// A line of JSON in the making, as bytes: keys in the order they are written, no white space.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
  var count: Int { bytes.count }

  /// Writes syntax, or what is encoded already.
  mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func raw(_ encoded: [UInt8]) { bytes.append(contentsOf: encoded) }

  /// Writes a string with its quotes.
  mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { string($0) }
  }

  /// Writes UTF-8 as a string with its quotes.
  mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    // Without an exit in the middle the compiler looks at sixteen bytes at a time.
    var escapes: UInt8 = 0
    for byte in text {
      escapes |= byte < 0x20 ? 1 : 0
      escapes |= byte == UInt8(ascii: "\"") ? 1 : 0
      escapes |= byte == UInt8(ascii: "\\") ? 1 : 0
    }
    if escapes == 0 {
      bytes.append(contentsOf: text)
    } else {
      for byte in text { escape(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0..<0x20:
      raw("\\u00")
      bytes.append(Self.digits[Int(byte >> 4)])
      bytes.append(Self.digits[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }

  /// Writes a number that is not negative.
  mutating func number(_ value: Int) {
    guard value >= 10 else {
      bytes.append(UInt8(ascii: "0") + UInt8(value))
      return
    }
    number(value / 10)
    bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
  }

  mutating func bool(_ value: Bool) { value ? raw("true") : raw("false") }

  /// Writes a GUID with its quotes: 8-4-4-4-12 digits.
  mutating func guid(high: UInt64, low: UInt64) {
    guid.withUnsafeMutableBufferPointer { guid in
      Self.digits.withUnsafeBufferPointer { digits in
        for (place, shift) in Self.guidPlaces {
          let byte = Int((shift < 64 ? low >> UInt64(shift) : high >> UInt64(shift - 64)) & 0xFF)
          guid[place] = digits[byte >> 4]
          guid[place + 1] = digits[byte & 15]
        }
      }
    }
    bytes.append(contentsOf: guid)
  }

  /// A GUID's quotes and hyphens, with room for its digits.
  private var guid = Array("\"00000000-0000-0000-0000-000000000000\"".utf8)

  /// Where each byte of a GUID stands, and by how much its 128 bits are shifted for it.
  private static let guidPlaces: [(place: Int, shift: Int)] = {
    var place = 1
    return (0..<16).map { byte in
      if [4, 6, 8, 10].contains(byte) { place += 1 }
      defer { place += 2 }
      return (place, 120 - 8 * byte)
    }
  }()

  private static let digits = Array("0123456789abcdef".utf8)
}
