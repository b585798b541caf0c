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
    if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
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
    bytes.append(UInt8(ascii: "\""))
    hex(high, from: 60, to: 32)
    bytes.append(UInt8(ascii: "-"))
    hex(high, from: 28, to: 16)
    bytes.append(UInt8(ascii: "-"))
    hex(high, from: 12, to: 0)
    bytes.append(UInt8(ascii: "-"))
    hex(low, from: 60, to: 48)
    bytes.append(UInt8(ascii: "-"))
    hex(low, from: 44, to: 0)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func hex(_ value: UInt64, from first: UInt64, to last: UInt64) {
    var shift = Int(first)
    while shift >= Int(last) {
      bytes.append(Self.digits[Int(value >> UInt64(shift) & 15)])
      shift -= 4
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
