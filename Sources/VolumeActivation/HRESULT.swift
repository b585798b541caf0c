/// A Windows result code as licensing reports it, such as 0xC004F038.
package struct HRESULT: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Reads `0xC004F038`, `C004F038`, or the same number in signed decimal.
  package init?(_ text: String) {
    let lower = text.lowercased()
    if lower.hasPrefix("0x") {
      guard let value = UInt32(lower.dropFirst(2), radix: 16) else { return nil }
      rawValue = value
    } else if let value = Int64(text), let narrow = Int32(exactly: value) {
      rawValue = UInt32(bitPattern: narrow)
    } else if lower.utf8.count == 8, let value = UInt32(lower, radix: 16) {
      rawValue = value
    } else {
      return nil
    }
  }
}

extension HRESULT: CustomStringConvertible {
  /// Eight upper-case hexadecimal digits behind `0x`.
  package var description: String {
    let digits = String(rawValue, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}

extension HRESULT {
  /// The count is below the threshold; the request is counted all the same.
  package static let countTooLow = HRESULT(rawValue: 0xC004_F038)
  /// No KMS host answered.
  package static let noKMSHost = HRESULT(rawValue: 0xC004_F074)
  /// The KMS host does not cover the product.
  package static let notCovered = HRESULT(rawValue: 0xC004_F042)
  /// The MAK has no activations left.
  package static let makExhausted = HRESULT(rawValue: 0xC004_C020)
  /// The MAK is blocked.
  package static let makBlocked = HRESULT(rawValue: 0xC004_C003)
}
