/// A word, value or sign of a query.
enum WQLToken: Hashable {
  case word(CIMName)
  case number(Int64)
  case string(String)
  case symbol(String)

  static func tokens(of text: String) throws(WQLError) -> [WQLToken] {
    guard text.utf8.count <= 8192 else { throw .tooLong }
    var rest = Substring(text)
    var tokens: [WQLToken] = []
    while let token = try next(&rest) { tokens.append(token) }
    return tokens
  }

  private static func next(_ rest: inout Substring) throws(WQLError) -> WQLToken? {
    rest = rest.drop { $0.isWhitespace }
    guard let first = rest.utf8.first else { return nil }
    switch first {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try string(&rest))
    case UInt8(ascii: "*"), UInt8(ascii: ","), UInt8(ascii: "="): return symbol(&rest, 1)
    case UInt8(ascii: "<") where rest.hasPrefix("<>"): return symbol(&rest, 2)
    case UInt8(ascii: "!") where rest.hasPrefix("!="): return symbol(&rest, 2)
    default: return try word(&rest)
    }
  }

  private static func symbol(_ rest: inout Substring, _ length: Int) -> WQLToken {
    defer { rest = rest.dropFirst(length) }
    return .symbol(String(rest.prefix(length)))
  }

  private static func word(_ rest: inout Substring) throws(WQLError) -> WQLToken {
    let end =
      rest.utf8.dropFirst().firstIndex { !CIMName.canHold($0) } ?? rest.utf8.endIndex
    let word = String(rest[..<end])
    rest = rest[end...]
    if let number = Int64(word) { return .number(number) }
    guard let name = CIMName(rawValue: word) else { throw .unknownCharacter }
    return .word(name)
  }

  /// A backslash takes the character behind it as it is.
  private static func string(_ rest: inout Substring) throws(WQLError) -> String {
    var scalars = rest.unicodeScalars
    let quote = scalars.removeFirst()
    var text = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
      if scalar == quote {
        rest = Substring(scalars)
        return String(text)
      }
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      guard let escaped = scalars.popFirst() else { throw .unclosedString }
      text.append(escaped)
    }
    throw .unclosedString
  }
}
