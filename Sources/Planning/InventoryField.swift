import VolumeActivation

/// The bytes of one field, lent for as long as the file is read.
typealias FieldBytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
  /// Without spaces and tabs at either end.
  @inline(__always)
  var trimmed: FieldBytes {
    guard let first, let last else { return self }
    // Nearly all fields have none.
    if first > 0x20, last > 0x20 { return self }
    var start = 0
    var end = count
    while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
    while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
    return FieldBytes(rebasing: self[start..<end])
  }

  /// The field as text.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Its letters and digits in lower case: how words such as `Out-of-Box Grace` are compared.
  var plainWord: String {
    String(decoding: lazy.map(asciiLowercased).filter(isASCIIAlphanumeric), as: UTF8.self)
  }

  /// A number of at most nine digits.
  @inline(__always)
  var number: UInt32? {
    guard count > 0, count <= 9 else { return nil }
    var value: UInt32 = 0
    for byte in self {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt32(digit)
    }
    return value
  }

  /// A GUID, with or without braces.
  @inline(__always)
  var guid: ClientMachineID? {
    guard let base = baseAddress else { return nil }
    switch count {
    case 36: return Self.guid(base)
    case 38 where self[0] == UInt8(ascii: "{") && self[37] == UInt8(ascii: "}"):
      return Self.guid(base + 1)
    default: return nil
    }
  }

  @inline(__always)
  private static func guid(_ bytes: UnsafePointer<UInt8>) -> ClientMachineID? {
    let dash = UInt8(ascii: "-")
    guard bytes[8] == dash, bytes[13] == dash, bytes[18] == dash, bytes[23] == dash else {
      return nil
    }
    let raw = UnsafeRawPointer(bytes)
    func four(_ offset: Int) -> UInt64 {
      UInt64(UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    func eight(_ offset: Int) -> UInt64 {
      UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    guard let first = hexValue(eight(0)), let second = hexValue(four(9) << 32 | four(14)),
      let third = hexValue(four(19) << 32 | four(24)), let fourth = hexValue(eight(28))
    else { return nil }
    return ClientMachineID(high: first << 32 | second, low: third << 32 | fourth)
  }
}

/// The number that eight hexadecimal digits write, the first in the highest byte; nil when one of
/// them is none.
@inline(__always)
private func hexValue(_ digits: UInt64) -> UInt64? {
  let each: UInt64 = 0x0101_0101_0101_0101
  let low = each &* 0x7F
  // Per byte, the highest bit is set where it is no decimal digit: d is not 0 to 9.
  let decimal = digits ^ (each &* 0x30)
  let noDecimal = ((decimal & low) &+ (each &* 0x76)) | decimal
  // The same where it is no letter: l is not 1 to 6.
  let letter = (digits | (each &* 0x20)) ^ (each &* 0x60)
  let noLetter =
    ((letter & low) &+ (each &* 0x79)) | letter | ~((letter & low) &+ (each &* 0x7F))
  guard noDecimal & noLetter & (each &* 0x80) == 0 else { return nil }
  // Letters lie nine above their low four bits; then the nibbles move together.
  var value = (digits & (each &* 0x0F)) &+ ((digits >> 6) & each) &* 9
  value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
  value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
  return (value | value >> 16) & 0xFFFF_FFFF
}

@inline(__always)
func asciiLowercased(_ byte: UInt8) -> UInt8 {
  byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
}

@inline(__always)
func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
  byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
}
