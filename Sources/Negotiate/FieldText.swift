/// Texts of header fields, taken apart without a copy.
extension Substring {
  /// Without the blanks and tabs around it.
  var trimmed: Substring {
    let isInk = { (octet: UInt8) in octet != 0x20 && octet != 0x09 }
    guard let first = utf8.firstIndex(where: isInk), let last = utf8.lastIndex(where: isInk) else {
      return ""
    }
    return self[first...last]
  }

  var withoutQuotes: Substring {
    let quote = UInt8(ascii: "\"")
    guard utf8.count >= 2, utf8.first == quote, utf8.last == quote else { return self }
    return Substring(utf8.dropFirst().dropLast())
  }

  /// What stands before and behind the first octet of this kind; nil without one.
  func halves(at octet: Character) -> (Substring, Substring)? {
    guard let ascii = octet.asciiValue, let place = utf8.firstIndex(of: ascii) else { return nil }
    return (self[..<place], self[utf8.index(after: place)...])
  }

  /// Whether it is the same but for the case of ASCII letters.
  func isSame(as other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }
}
