/// The name of a class, property, method or parameter: ASCII letters, digits and `_`.
package struct CIMName: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init?(rawValue: String) {
    guard let first = rawValue.utf8.first, !Self.isDigit(first), rawValue.utf8.count <= 256,
      rawValue.utf8.allSatisfy(Self.canHold)
    else { return nil }
    self.rawValue = rawValue
  }

  static func canHold(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension CIMName: ExpressibleByStringLiteral {
  package init(stringLiteral text: StaticString) {
    guard let name = CIMName(rawValue: text.description) else {
      preconditionFailure("\(text) is no name")
    }
    self = name
  }
}

extension CIMName: CustomStringConvertible {
  package var description: String { rawValue }
}

extension CIMName {
  /// WMI compares names without case.
  package func isSame(as other: CIMName) -> Bool {
    // The bit that tells two cases apart tells no other two of a name's characters apart.
    rawValue.utf8.count == other.rawValue.utf8.count
      && zip(rawValue.utf8, other.rawValue.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }
}
