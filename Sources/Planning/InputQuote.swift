/// A text of somebody's file, made fit for a message: short, on one line, and never a product key.
package struct InputQuote: CustomStringConvertible {
  /// The text without quotation marks around it.
  package var bare: String
  private var isShown: Bool

  package var description: String { isShown ? "“\(bare)”" : bare }

  package init(_ text: some StringProtocol) {
    isShown = !Self.looksLikeKey(text)
    guard isShown else {
      bare = "(a product key, not shown)"
      return
    }
    var shown = ""
    for character in text.prefix(Self.limit) {
      shown +=
        character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        ? String(character) : "�"
    }
    bare = shown + (text.dropFirst(Self.limit).isEmpty ? "" : "…")
  }

  /// How many characters are quoted at most.
  private static let limit = 60

  /// Whether five groups of five letters or digits stand somewhere in it.
  private static func looksLikeKey(_ text: some StringProtocol) -> Bool {
    var groups = 0
    var run = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        run += 1
        if groups == 4, run == 5 { return true }
      case UInt8(ascii: "-"):
        groups = run == 5 || (groups == 0 && run > 5) ? groups + 1 : 0
        run = 0
      default:
        groups = 0
        run = 0
      }
    }
    return false
  }
}
