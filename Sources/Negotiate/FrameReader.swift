/// Goes through the body of an `EncryptedMessage`, from the front.
struct FrameReader {
  private var rest: ArraySlice<UInt8>
  private let boundary: [UInt8]

  /// No line of the frame is longer; it keeps a search for its end short.
  private static let longestLine = 1024

  init(_ body: [UInt8], boundary: String) {
    rest = body[...]
    self.boundary = Array(boundary.utf8)
  }

  /// Whether a boundary comes next, with or without a blank before its name.
  var isAtBoundary: Bool { afterBoundary != nil }

  private var afterBoundary: ArraySlice<UInt8>? {
    guard rest.starts(with: "--".utf8) else { return nil }
    var after = rest.dropFirst(2)
    if after.first == UInt8(ascii: " ") { after.removeFirst() }
    return after.starts(with: boundary) ? after.dropFirst(boundary.count) : nil
  }

  mutating func skipBoundary() throws(EncryptedMessageError) {
    guard let after = afterBoundary, after.starts(with: "\r\n".utf8) else { throw .malformed }
    rest = after.dropFirst(2)
  }

  /// The last boundary; after it there may be ends of lines and nothing else.
  mutating func skipEnd() throws(EncryptedMessageError) {
    guard let after = afterBoundary, after.starts(with: "--".utf8) else { throw .wrongLength }
    guard after.dropFirst(2).allSatisfy({ $0 == 0x0D || $0 == 0x0A }) else { throw .malformed }
    rest = []
  }

  mutating func line() throws(EncryptedMessageError) -> HeadLine {
    let window = rest.prefix(Self.longestLine)
    guard let end = window.firstIndex(of: 0x0D),
      window.dropFirst(end - window.startIndex + 1).first == 0x0A
    else { throw .malformed }
    defer { rest = rest[(end + 2)...] }
    guard let text = String(validating: window[..<end], as: UTF8.self) else { throw .malformed }
    return HeadLine(text)
  }

  mutating func octets(_ count: Int) throws(EncryptedMessageError) -> [UInt8] {
    guard count <= rest.count else { throw .wrongLength }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// A number of four octets.
  mutating func littleEndian() throws(EncryptedMessageError) -> Int {
    try octets(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

/// `Name: value`, with or without the tab that opens it.
struct HeadLine {
  private let name: Substring
  private let value: Substring

  init(_ text: String) {
    let line = Substring(text).trimmed
    (name, value) = line.halves(at: ":") ?? (line, "")
  }

  /// The value, if the line has this name.
  func value(of name: String) -> String? {
    self.name.isSame(as: name) ? String(value.trimmed) : nil
  }
}
