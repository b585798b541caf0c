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

  mutating func text(_ secret: SecretText) { secret.reveal { text($0) } }

  /// Writes the value of an attribute, without its quotation marks.
  mutating func attribute(_ text: String) { escape(text, inAttribute: true) }

  private mutating func escape(_ text: String, inAttribute: Bool) {
    var text = text
    text.withUTF8 { unicode in
      var plain = 0
      for index in unicode.indices where unsafe Self.isSharp(unicode[index]) {
        unsafe bytes.append(contentsOf: unicode[plain..<index])
        plain = index + 1
        unsafe escape(unicode[index...], inAttribute: inAttribute)
      }
      unsafe bytes.append(contentsOf: unicode[plain...])
    }
  }

  /// Whether a byte is, or begins, something that may have to be written in another way.
  private static func isSharp(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"") || byte == 0xEF
  }

  /// Writes the first byte of a text.
  private mutating func escape(_ rest: Slice<UnsafeBufferPointer<UInt8>>, inAttribute: Bool) {
    let byte = unsafe rest[rest.startIndex]
    switch byte {
    case UInt8(ascii: "&"): raw("&amp;")
    case UInt8(ascii: "<"): raw("&lt;")
    case UInt8(ascii: ">"): raw("&gt;")
    case UInt8(ascii: "\""): raw("&quot;")
    case UInt8(ascii: "\r"): raw("&#13;")
    // In an attribute both would be read as a space.
    case UInt8(ascii: "\t") where inAttribute: raw("&#9;")
    case UInt8(ascii: "\n") where inAttribute: raw("&#10;")
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"): bytes.append(byte)
    case 0..<0x20: unwritable = unwritable ?? Unicode.Scalar(byte)
    default:
      bytes.append(byte)
      if unsafe rest.starts(with: [0xEF, 0xBF, 0xBE]) { unwritable = unwritable ?? "\u{FFFE}" }
      if unsafe rest.starts(with: [0xEF, 0xBF, 0xBF]) { unwritable = unwritable ?? "\u{FFFF}" }
    }
  }
}
