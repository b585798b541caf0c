/// The last five characters of a product key: all that Windows shows of it, and all that Muster
/// writes down.
package struct PartialProductKey: Hashable, Comparable, Sendable {
  package let rawValue: String

  /// Five characters of the key alphabet, in either case; nil otherwise.
  package init?(_ text: some StringProtocol) {
    let upper = text.uppercased()
    guard upper.utf8.count == 5, upper.utf8.allSatisfy(ProductKey.alphabet.contains) else {
      return nil
    }
    rawValue = upper
  }

  package static func < (left: PartialProductKey, right: PartialProductKey) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension PartialProductKey: CustomStringConvertible {
  package var description: String { rawValue }
}

extension PartialProductKey: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let key = PartialProductKey(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not the last five characters of a product key")
    }
    self = key
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
