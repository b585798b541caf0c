/// An inventory as JSON: an array of objects, or one object a line.
struct JSONText {
  let bytes: FieldBytes
  private var position: Int
  private var lines = 0
  private var keys: [String: Key] = [:]
  private var notes: [String] = []
  /// The texts with escapes of the record being read.
  private var unescaped: [UnescapedText] = []

  /// What a key means: a column, and whether it is the column's own name.
  private struct Key {
    var column: InventoryColumn?
    var isOwnName: Bool
  }

  init(_ bytes: FieldBytes, from start: Int) {
    self.bytes = bytes
    position = start
  }

  /// Whether a text is JSON rather than separated values.
  static func isLikely(_ bytes: FieldBytes, from start: Int) -> Bool {
    let first = bytes[start...].first { !isSpace($0) }
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }

  /// Reads all records; the notes name the keys that were ignored.
  mutating func read() -> InventoryRead {
    var builder = InventoryBuilder(expecting: bytes.count / 600)
    do {
      try records(&builder)
    } catch {
      builder.fault(at: error.offset, error.problem, error.remedy)
      builder.end()
    }
    return InventoryRead(parts: [builder.finished(lines: lines)], notes: notes)
  }

  private mutating func records(_ builder: inout InventoryBuilder) throws(JSONFault) {
    skipSpace()
    if skip("[") {
      skipSpace()
      if !skip("]") {
        repeat { try record(&builder) } while try goesOn(until: "]")
      }
      skipSpace()
      guard position == bytes.count else { throw fault("something follows the array") }
      return
    }
    while position < bytes.count {
      try record(&builder)
      // Programs that write objects one after the other sometimes put commas between them.
      skipSpace()
      if skip(",") { skipSpace() }
    }
  }

  private mutating func record(_ builder: inout InventoryBuilder) throws(JSONFault) {
    skipSpace()
    unescaped.removeAll(keepingCapacity: true)
    builder.begin(line: lines, offset: position)
    guard skip("{") else { throw fault("an object with a host's values is expected") }
    skipSpace()
    if skip("}") { return builder.end() }
    var taken: Set<InventoryColumn> = []
    repeat {
      skipSpace()
      let name = try string().bytes.text
      skipSpace()
      guard skip(":") else { throw fault("a colon is expected behind the key \(InputQuote(name))") }
      skipSpace()
      let key = meaning(of: name)
      guard let column = key.column, key.isOwnName || !taken.contains(column) else {
        try skipValue()
        continue
      }
      try value(of: column, &builder)
      taken.insert(column)
    } while try goesOn(until: "}")
    builder.end()
  }

  private mutating func value(
    of column: InventoryColumn, _ builder: inout InventoryBuilder
  ) throws(JSONFault) {
    let start = position
    switch position < bytes.count ? bytes[position] : 0 {
    case UInt8(ascii: "\""):
      let text = try string()
      builder.take(column, text.bytes, at: start + 1, isASCII: text.isASCII)
    case UInt8(ascii: "["):
      try list(of: column, &builder)
    case UInt8(ascii: "{"):
      try skipValue()
      builder.fault(
        at: start, "\(column.rawValue) holds an object",
        "Give a text, a number, true, false or null")
    default:
      let word = try word()
      if word.elementsEqual("null".utf8) { return }
      builder.take(column, word, at: start, isASCII: true)
    }
  }

  /// A list of texts, which is how programs write tags.
  private mutating func list(
    of column: InventoryColumn, _ builder: inout InventoryBuilder
  ) throws(JSONFault) {
    let start = position
    _ = skip("[")
    var joined: [UInt8] = []
    skipSpace()
    if !skip("]") {
      repeat {
        skipSpace()
        joined += try string().bytes
        joined.append(0x20)
      } while try goesOn(until: "]")
    }
    guard column == .tags else {
      return builder.fault(
        at: start, "\(column.rawValue) holds a list", "Give one value; only tags may be a list")
    }
    let text = UnescapedText(capacity: joined.count)
    for byte in joined { text.append(byte) }
    unescaped.append(text)
    builder.take(column, text.bytes, at: start, isASCII: false)
  }

  private mutating func meaning(of name: String) -> Key {
    if let known = keys[name] { return known }
    let column = InventoryColumn(header: name)
    let key = Key(column: column, isOwnName: column?.isOwnName(name) ?? false)
    keys[name] = key
    if column == nil {
      notes.append("Key \(InputQuote(name)) means nothing to Muster and was ignored.")
    }
    return key
  }

  /// Whether a comma follows, and not the end of the list or object.
  private mutating func goesOn(until end: Unicode.Scalar) throws(JSONFault) -> Bool {
    skipSpace()
    if skip(",") { return true }
    guard skip(end) else { throw fault("a comma or \(end) is expected") }
    return false
  }

  /// Steps over a value of any kind, however deep.
  private mutating func skipValue() throws(JSONFault) {
    var depth = 0
    repeat {
      skipSpace()
      guard position < bytes.count else { throw fault("the text ends in the middle of a value") }
      switch bytes[position] {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        position += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw fault("a value is expected") }
        position += 1
      default: _ = try word()
      }
    } while depth > 0
  }
}

/// Why a text is not JSON, and where.
struct JSONFault: Error {
  var offset: Int
  var problem: String
  var remedy = "Correct the JSON; a file that was cut off must be written again"
}

extension JSONText {
  private func fault(_ problem: String) -> JSONFault {
    JSONFault(offset: position, problem: "\(problem) here")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) {
      if bytes[position] == 0x0A { lines += 1 }
      position += 1
    }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// A number, `true`, `false` or `null`, as it is written.
  private mutating func word() throws(JSONFault) -> FieldBytes {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      guard isASCIIAlphanumeric(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E else { break }
      position += 1
    }
    let word = FieldBytes(rebasing: bytes[start..<position])
    let isNumber = word.first.map { $0 == 0x2D || $0 &- 0x30 < 10 } ?? false
    let isKnown = ["true", "false", "null"].contains { word.elementsEqual($0.utf8) }
    guard isNumber || isKnown else {
      position = start
      throw fault("a value is expected")
    }
    return word
  }

  /// A text in quotation marks.
  private mutating func string() throws(JSONFault) -> (bytes: FieldBytes, isASCII: Bool) {
    guard skip("\"") else { throw fault("a text in quotation marks is expected") }
    let start = position
    var all: UInt8 = 0
    var hasEscapes = false
    while true {
      guard position < bytes.count else {
        position = start - 1
        throw fault("a text is opened and never closed")
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte >= 0x20 else { throw fault("a line end or control character stands in a text") }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        position += 1
      }
      all |= byte
      position += 1
    }
    let text = FieldBytes(rebasing: bytes[start..<min(position, bytes.count)])
    guard text.count <= DelimitedText.fieldLimit else {
      position = start - 1
      throw fault("a text longer than \(DelimitedText.fieldLimit) bytes stands")
    }
    position += 1
    return hasEscapes ? (try unescape(text, at: start), false) : (text, all < 0x80)
  }

  private mutating func unescape(
    _ text: FieldBytes, at start: Int
  ) throws(JSONFault) -> FieldBytes {
    let output = UnescapedText(capacity: text.count)
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\") else {
        output.append(text[index])
        index += 1
        continue
      }
      guard let (scalar, length) = escape(text, at: index) else {
        throw JSONFault(
          offset: start + index, problem: "an escape that JSON does not know stands here")
      }
      for byte in String(scalar).utf8 { output.append(byte) }
      index += length
    }
    unescaped.append(output)
    return output.bytes
  }

  /// The character of an escape and the escape's length.
  private func escape(_ text: FieldBytes, at index: Int) -> (Unicode.Scalar, Int)? {
    guard index + 1 < text.count else { return nil }
    switch text[index + 1] {
    case UInt8(ascii: "\""): return ("\"", 2)
    case UInt8(ascii: "\\"): return ("\\", 2)
    case UInt8(ascii: "/"): return ("/", 2)
    case UInt8(ascii: "b"): return ("\u{08}", 2)
    case UInt8(ascii: "f"): return ("\u{0C}", 2)
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "u"):
      guard let unit = hexadecimal(text, at: index + 2) else { return nil }
      if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
      // A pair of escapes for one character beyond the first 65,536.
      guard unit < 0xDC00, index + 7 < text.count, text[index + 6] == UInt8(ascii: "\\"),
        text[index + 7] == UInt8(ascii: "u"), let trail = hexadecimal(text, at: index + 8),
        (0xDC00...0xDFFF).contains(trail)
      else { return nil }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (trail - 0xDC00)).map { ($0, 12) }
    default: return nil
    }
  }

  private func hexadecimal(_ text: FieldBytes, at index: Int) -> UInt32? {
    guard index + 4 <= text.count else { return nil }
    return UInt32(FieldBytes(rebasing: text[index..<index + 4]).text, radix: 16)
  }
}
