/// A product key: five groups of five characters, printed only as its last group.
///
/// It is parsed once, at the edge, and has no `Codable`, `Hashable` or `Equatable` conformance.
package struct ProductKey: Sendable {
  /// The last five characters, which are no secret.
  package let partial: PartialProductKey
  private let text: Secret<String>

  /// The bytes a key is written with: 24 letters and digits, and `N` for Windows 8 and later.
  package static let alphabet = Set("BCDFGHJKMNPQRTVWXY2346789".utf8)

  /// Parses the text of a key; the error names the group that is wrong, never its text.
  package init(_ text: String) throws(ProductKeyError) {
    let groups = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
    guard groups.count == 5 else { throw .groups(groups.count) }
    for (index, group) in groups.enumerated() {
      guard group.utf8.count == 5 else { throw .length(group: index + 1) }
      guard group.utf8.allSatisfy(Self.alphabet.contains) else {
        throw .character(group: index + 1)
      }
    }
    guard let partial = PartialProductKey(groups[4]) else { throw .character(group: 5) }
    self.partial = partial
    self.text = Secret(groups.joined(separator: "-"))
  }

  /// Lends the whole key to `body`; the one use is the call that installs it.
  package func reveal<Result, Failure: Error>(
    _ body: (String) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try text.reveal(body)
  }
}

extension ProductKey {
  /// Whether a whole key stands somewhere in a text that should hold none.
  package static func stands(in text: some StringProtocol) -> Bool {
    text.utf8.count >= 29
      && text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
        .contains { (try? ProductKey(String($0))) != nil }
  }
}

extension ProductKey: CustomStringConvertible {
  package var description: String { "…\(partial)" }
}

/// What is wrong with the text of a product key.
package enum ProductKeyError: Error, Hashable {
  /// A key has five groups; this text has another number of them.
  case groups(Int)
  /// The group with this number, counted from 1, does not have five characters.
  case length(group: Int)
  /// The group with this number holds a character that no key has.
  case character(group: Int)
}

extension ProductKeyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .groups(let count): "a product key has 5 groups of 5 characters, this has \(count)"
    case .length(let group): "group \(group) of the product key does not have 5 characters"
    case .character(let group): "group \(group) of the product key holds a character no key has"
    }
  }
}
