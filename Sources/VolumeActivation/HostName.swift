/// The name of one Windows machine: its FQDN, case-folded, so that two spellings are one host.
package struct HostName: Hashable, Comparable, Sendable {
  package let rawValue: String

  /// Folds case and drops a closing dot; nil when the text cannot be a DNS or NetBIOS name.
  package init?(_ text: some StringProtocol) {
    var name = text.lowercased()
    if name.last == "." { name.removeLast() }
    guard !name.isEmpty, name.utf8.count <= 253,
      name.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), 0x80...0xFF:
          true
        default: false
        }
      }), !Self.misleads(name)
    else { return nil }
    rawValue = name
  }

  /// Whether a terminal would obey a part of the name instead of showing it.
  private static func misleads(_ name: String) -> Bool {
    guard name.utf8.contains(where: { $0 >= 0x80 }) else { return false }
    return name.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }

  /// Takes a text that was folded and checked when it was read.
  package init(folded text: String) {
    rawValue = text
  }

  package static func < (left: HostName, right: HostName) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension HostName {
  /// Whether two names can be one machine's: whole, or up to the first dot where one is short.
  package func isSameMachine(as other: HostName) -> Bool {
    if self == other { return true }
    func label(_ name: HostName) -> Substring { name.rawValue.prefix { $0 != "." } }
    let isShort = !rawValue.contains(".") || !other.rawValue.contains(".")
    return isShort && label(self) == label(other)
  }
}

extension HostName: CustomStringConvertible {
  package var description: String { rawValue }
}

extension HostName: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let name = HostName(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a host name")
    }
    self = name
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
