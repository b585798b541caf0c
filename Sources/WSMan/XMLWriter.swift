/// A document in the making, as bytes of UTF-8.
///
/// A character that no document can hold is remembered and thrown at the end.
struct XMLWriter {
  private var bytes: [UInt8] = []
  private var unwritable: Unicode.Scalar?

  init(capacity: Int = 2048) { bytes.reserveCapacity(capacity) }

  /// The document, if all of it could be written.
  consuming func finish() throws(XMLError) -> [UInt8] {
    if let unwritable { throw .unwritable(unwritable) }
    return bytes
  }

  /// Writes markup.
  mutating func raw(_ markup: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(
        start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  /// Writes a name as part of a tag.
  mutating func name(_ name: CIMName) { bytes.append(contentsOf: name.rawValue.utf8) }

  mutating func number(_ value: some BinaryInteger) {
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Writes text between tags.
  ///
  /// A carriage return that stood there as it is would be read as a line feed.
  mutating func text(_ text: String) { escape(text, inAttribute: false) }

  /// Writes the value of an attribute, without its quotation marks.
  mutating func attribute(_ text: String) { escape(text, inAttribute: true) }

  private mutating func escape(_ text: String, inAttribute: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      case "\r": raw("&#13;")
      // In an attribute both would be read as a space.
      case "\t" where inAttribute: raw("&#9;")
      case "\n" where inAttribute: raw("&#10;")
      case "\t", "\n": bytes.append(UInt8(scalar.value))
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": unwritable = unwritable ?? scalar
      default: bytes.append(contentsOf: scalar.utf8)
      }
    }
  }
}
