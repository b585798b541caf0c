/// A line of JSON in the making, as bytes: keys in the order they are written, no white space.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

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

  /// Writes a text of which nothing is escaped as a string with its quotes.
  mutating func plainString(_ text: ArraySlice<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: text)
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
    let first = Self.hexDigits(UInt32(truncatingIfNeeded: high >> 32))
    let second = Self.hexDigits(UInt32(truncatingIfNeeded: high))
    let third = Self.hexDigits(UInt32(truncatingIfNeeded: low >> 32))
    let fourth = Self.hexDigits(UInt32(truncatingIfNeeded: low))
    guid.withUnsafeMutableBytes { guid in
      func store(_ digits: some FixedWidthInteger, at place: Int) {
        guid.storeBytes(of: digits.bigEndian, toByteOffset: place, as: type(of: digits))
      }
      store(first, at: 1)
      store(UInt32(truncatingIfNeeded: second >> 32), at: 10)
      store(UInt32(truncatingIfNeeded: second), at: 15)
      store(UInt32(truncatingIfNeeded: third >> 32), at: 20)
      store(UInt32(truncatingIfNeeded: third), at: 25)
      store(fourth, at: 29)
    }
    bytes.append(contentsOf: guid)
  }

  /// A GUID's quotes and hyphens, with room for its digits.
  private var guid = Array("\"00000000-0000-0000-0000-000000000000\"".utf8)

  /// The eight hexadecimal digits of a number, the first in the highest byte.
  private static func hexDigits(_ value: UInt32) -> UInt64 {
    // The nibbles are spread over the bytes, all at once.
    var digits = UInt64(value)
    digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFF
    digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
    digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F
    // Letters lie 39 above where the digits would go on.
    let letters = ((digits + 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
    return digits + 0x3030_3030_3030_3030 + letters * 39
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
