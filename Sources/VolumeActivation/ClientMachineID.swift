/// What a KMS host counts machines by; clones that were never generalised share one.
///
/// Source: `SoftwareLicensingService.ClientMachineID`.
package struct ClientMachineID: Hashable, Sendable {
  /// The first eight bytes of the GUID as it is written, most significant first.
  package let high: UInt64
  /// The last eight bytes.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads a GUID with or without braces, in either case; nil when it is not one.
  package init?(_ text: some StringProtocol) {
    var value: (UInt64, UInt64) = (0, 0)
    var digits = 0
    var body = Substring(text)[...]
    if body.first == "{", body.last == "}" { body = body.dropFirst().dropLast() }
    guard body.utf8.count == 36 else { return nil }
    for (offset, byte) in body.utf8.enumerated() {
      switch offset {
      case 8, 13, 18, 23:
        guard byte == UInt8(ascii: "-") else { return nil }
      default:
        guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
        if digits < 16 {
          value.0 = value.0 << 4 | UInt64(digit)
        } else {
          value.1 = value.1 << 4 | UInt64(digit)
        }
        digits += 1
      }
    }
    self.init(high: value.0, low: value.1)
  }
}

extension ClientMachineID: CustomStringConvertible {
  /// The usual lower-case form: 8-4-4-4-12 digits.
  package var description: String {
    func hex(_ value: UInt64, _ count: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: count - text.utf8.count) + text
    }
    return [
      hex(high >> 32, 8), hex(high >> 16 & 0xFFFF, 4), hex(high & 0xFFFF, 4), hex(low >> 48, 4),
      hex(low & 0xFFFF_FFFF_FFFF, 12),
    ].joined(separator: "-")
  }
}

extension ClientMachineID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = ClientMachineID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a GUID")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
