/// Separated values as spreadsheets and `Export-Csv` write them, and where they may be cut.
struct DelimitedText {
  let bytes: FieldBytes
  let separator: UInt8
  /// What a field without quotation marks ends at.
  private let ends: ByteMarks

  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  init(bytes: FieldBytes, separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    ends = ByteMarks(separator, Self.lineFeed, Self.carriageReturn, Self.quote)
  }

  /// The greatest field, in bytes; a spreadsheet's cell holds half of it.
  static let fieldLimit = 65_536

  /// What was found where a field should be.
  ///
  /// `lines` is how many lines end within the field: behind one that spans lines nobody can tell
  /// records from text.
  enum FieldFault: Error {
    case unterminatedQuote
    /// The field goes on behind its closing quotation mark.
    case unevenQuote(lines: Int)
    case strayQuote
    case tooLong(lines: Int)
  }

  /// One field: its bytes lie in the text, or among the unescaped when it held doubled quotes.
  struct Field {
    var bytes: FieldBytes
    /// Where its value begins in the text.
    var offset: Int
    var isASCII: Bool
    /// Line ends within it.
    var lines: Int
  }

  /// Reads the field at `position` and leaves it at the separator, line end or end of text behind;
  /// at the fault when there is one, which for a quoted field is its opening quotation mark.
  @inline(__always)
  func field(_ position: inout Int, unescaped: inout [UnescapedText]) throws(FieldFault) -> Field {
    if position < bytes.count, bytes[position] == Self.quote {
      return try quotedField(&position, &unescaped)
    }
    let start = position
    let isASCII = skipPlain(&position)
    if position < bytes.count, bytes[position] == Self.quote { throw .strayQuote }
    if position - start > Self.fieldLimit {
      position = start
      throw .tooLong(lines: 0)
    }
    return Field(
      bytes: FieldBytes(rebasing: bytes[start..<position]), offset: start, isASCII: isASCII,
      lines: 0)
  }

  /// Steps to the next separator, line end or quotation mark, or to the end; whether all before it
  /// is ASCII.
  @inline(__always)
  private func skipPlain(_ position: inout Int) -> Bool {
    var all: UInt64 = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while position + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let marks = ends.marks(in: word)
      if marks != 0 {
        let length = marks.trailingZeroBitCount / 8
        position += length
        return (all | word & (1 << UInt64(8 * length) - 1)) & ByteMarks.high == 0
      }
      all |= word
      position += 8
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
        || byte == Self.quote
      {
        break
      }
      all |= UInt64(byte)
      position += 1
    }
    return all & ByteMarks.high == 0
  }

  @inline(never)
  private func quotedField(
    _ position: inout Int, _ unescaped: inout [UnescapedText]
  ) throws(FieldFault) -> Field {
    let opening = position
    var end = opening + 1
    var all: UInt8 = 0
    var lines = 0
    var hasEscapes = false
    while true {
      guard end < bytes.count else { throw .unterminatedQuote }
      let byte = bytes[end]
      if byte == Self.quote {
        guard end + 1 < bytes.count, bytes[end + 1] == Self.quote else { break }
        hasEscapes = true
        end += 1
      } else if isLineEnd(at: end) {
        lines += 1
      }
      all |= byte
      end += 1
    }
    let inner = FieldBytes(rebasing: bytes[(opening + 1)..<end])
    guard inner.count <= Self.fieldLimit else { throw .tooLong(lines: lines) }
    let behind = end + 1
    if behind < bytes.count, bytes[behind] != separator, bytes[behind] != Self.lineFeed,
      bytes[behind] != Self.carriageReturn
    {
      throw .unevenQuote(lines: lines)
    }
    position = behind
    var field = Field(bytes: inner, offset: opening + 1, isASCII: all < 0x80, lines: lines)
    if hasEscapes {
      let text = UnescapedText(capacity: inner.count)
      var index = 0
      while index < inner.count {
        text.append(inner[index])
        index += inner[index] == Self.quote ? 2 : 1
      }
      unescaped.append(text)
      field.bytes = text.bytes
    }
    return field
  }

  /// Whether a line ends with this byte; the first half of CR LF does not count.
  @inline(__always)
  func isLineEnd(at index: Int) -> Bool {
    switch bytes[index] {
    case Self.lineFeed: true
    case Self.carriageReturn: index + 1 == bytes.count || bytes[index + 1] != Self.lineFeed
    default: false
    }
  }

  /// Steps over CR LF, LF or CR.
  @inline(__always)
  func skipLineEnd(_ position: inout Int) {
    guard position < bytes.count else { return }
    let isReturn = bytes[position] == Self.carriageReturn
    position += 1
    if isReturn, position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
  }

  /// `count` ranges of about one length from `start` on, each of whole records.
  func parts(from start: Int, count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var from = start
    // Whether `scanned` lies between quotes follows from the number of quotes before it.
    var scanned = start
    var isQuoted = false
    for number in 1..<max(count, 1) {
      let aim = start + (bytes.count - start) / count * number
      guard aim > scanned else { continue }
      if quotes(in: scanned..<aim) % 2 == 1 { isQuoted.toggle() }
      scanned = aim
      while scanned < bytes.count {
        if bytes[scanned] == Self.quote { isQuoted.toggle() }
        let ends = !isQuoted && isLineEnd(at: scanned)
        scanned += 1
        if ends { break }
      }
      ranges.append(from..<scanned)
      from = scanned
    }
    ranges.append(from..<bytes.count)
    return ranges
  }

  private func quotes(in range: Range<Int>) -> Int {
    var count = 0
    for byte in FieldBytes(rebasing: bytes[range]) where byte == Self.quote { count += 1 }
    return count
  }
}
