/// The NT version that tells the generation: 6.0 Vista/2008, 6.1 7/2008 R2, 6.2, 6.3, 10.0.
package struct NTVersion: Hashable, Comparable, Sendable {
  package var major: UInt8
  package var minor: UInt8

  package init(_ major: UInt8, _ minor: UInt8) {
    self.major = major
    self.minor = minor
  }

  /// Reads the first two numbers of `6.1`, `10.0` or `10.0.19045.1`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".")
    guard parts.count >= 2, let major = UInt8(parts[0]), let minor = UInt8(parts[1]) else {
      return nil
    }
    self.init(major, minor)
  }

  package static func < (left: NTVersion, right: NTVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

extension NTVersion: CustomStringConvertible {
  package var description: String { "\(major).\(minor)" }
}

extension NTVersion: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let version = NTVersion(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an NT version")
    }
    self = version
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Windows' own name for an edition, such as `Professional` or `ServerStandard`.
///
/// Source: `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion`, value `EditionID`.
package struct EditionID: RawRepresentable, Hashable, Codable, Sendable {
  package var rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }
}

extension EditionID: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) {
    self.init(rawValue: value)
  }
}
