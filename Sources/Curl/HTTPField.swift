/// A header field.
package struct HTTPField: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension HTTPField {
  /// Reads a line of a head; nil for one that is no field.
  init?(line: UnsafeRawBufferPointer) {
    guard let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let value = unsafe line[(colon + 1)...]
    guard let first = unsafe value.firstIndex(where: Self.isVisible),
      let last = unsafe value.lastIndex(where: Self.isVisible)
    else {
      self.init(unsafe String(decoding: line[..<colon], as: UTF8.self), "")
      return
    }
    self.init(
      unsafe String(decoding: line[..<colon], as: UTF8.self),
      unsafe String(decoding: value[first...last], as: UTF8.self))
  }

  private static func isVisible(_ octet: UInt8) -> Bool { octet > 0x20 }

  /// Whether this is its name; case does not matter.
  func isNamed(_ other: String) -> Bool {
    name.utf8.count == other.utf8.count
      && zip(name.utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }
}
