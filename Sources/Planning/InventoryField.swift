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
    var bad: UInt8 = 0
    func digits(_ range: Range<Int>) -> UInt64 {
      var value: UInt64 = 0
      for index in range {
        let digit = hexDigit(bytes[index])
        bad |= digit
        value = value << 4 | UInt64(digit & 0x0F)
      }
      return value
    }
    let high = digits(0..<8) << 32 | digits(9..<13) << 16 | digits(14..<18)
    let low = digits(19..<23) << 48 | digits(24..<36)
    return bad & 0x80 == 0 ? ClientMachineID(high: high, low: low) : nil
  }
}

/// 0 to 15, or 0x80 when the byte is no hexadecimal digit.
@inline(__always)
private func hexDigit(_ byte: UInt8) -> UInt8 {
  let decimal = byte &- UInt8(ascii: "0")
  if decimal < 10 { return decimal }
  let letter = (byte | 0x20) &- UInt8(ascii: "a")
  return letter < 6 ? letter &+ 10 : 0x80
}

@inline(__always)
func asciiLowercased(_ byte: UInt8) -> UInt8 {
  byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
}

@inline(__always)
func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
  byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
}
