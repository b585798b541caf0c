/// A document that was well-formed and within its bounds.
package struct XMLDocument: Sendable {
  package let root: XMLElement

  /// Reads UTF-8, with or without a byte order mark.
  ///
  /// - Complexity: O(octets), some microseconds for each KiB.
  package init(
    parsing bytes: [UInt8], bounds: XMLBounds = XMLBounds()
  ) throws(XMLError) {
    guard bytes.count <= bounds.octets else { throw .tooLarge(.octets) }
    guard !Self.isUTF16(bytes) else { throw .notUTF8 }
    var builder = XMLTreeBuilder(bounds: bounds, octets: bytes.count)
    try XMLParser().parse(bytes, into: &builder)
    root = XMLElement(tree: XMLTree(builder), index: 0)
  }

  /// A byte order mark, or a first `<` in two bytes.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2 else { return false }
    let open = UInt8(ascii: "<")
    switch (bytes[0], bytes[1]) {
    case (0xFE, 0xFF), (0xFF, 0xFE), (0, open), (open, 0): return true
    default: return false
    }
  }
}
