/// Reads JSON from a line, strictly and without building a tree.
///
/// Whatever is not expected ends in `JSONScanner.Failure`, with where it stands.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at: Int
  private let end: Int

  /// What stands at `offset`, counted from 0, is not what a plan has there.
  struct Failure: Error {
    var offset: Int
    var problem: String
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  func failure(_ problem: String) -> Failure { Failure(offset: at, problem: problem) }

  /// The next byte, without taking it; 0 at the end.
  private var next: UInt8 { at < end ? bytes[at] : 0 }

  mutating func expect(_ byte: UInt8) throws(Failure) {
    guard next == byte, at < end else {
      throw failure("`\(Character(UnicodeScalar(byte)))` is missing")
    }
    at += 1
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    guard at < end, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  /// Nothing may follow.
  func finish() throws(Failure) {
    if at < end { throw failure("something follows the end of the line's object") }
  }

  /// Reads an object, handing each key to `value`, which reads what belongs to it.
  mutating func object(
    _ value: (inout JSONScanner, String) throws(Failure) -> Void
  ) throws(Failure) {
    try expect(UInt8(ascii: "{"))
    if accept(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      try expect(UInt8(ascii: ":"))
      try value(&self, key)
    } while accept(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  mutating func strings() throws(Failure) -> [String] {
    try expect(UInt8(ascii: "["))
    var strings: [String] = []
    if accept(UInt8(ascii: "]")) { return strings }
    repeat { strings.append(try string()) } while accept(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return strings
  }

  mutating func int() throws(Failure) -> Int {
    let start = at
    var value = 0
    while case UInt8(ascii: "0")...UInt8(ascii: "9") = next {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow, product < Int.max - 9 else { throw failure("the number is too great") }
      value = product + Int(next - UInt8(ascii: "0"))
      at += 1
    }
    if at == start { throw failure("a number is missing") }
    return value
  }

  mutating func bool() throws(Failure) -> Bool {
    if take("true") { return true }
    if take("false") { return false }
    throw failure("true or false is missing")
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard at + count <= end else { return false }
    for place in 0..<count where bytes[at + place] != word.utf8Start[place] { return false }
    at += count
    return true
  }

  mutating func string() throws(Failure) -> String {
    try expect(UInt8(ascii: "\""))
    let start = at
    while at < end, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
    let plain = String(decoding: bytes[start..<at], as: UTF8.self)
    if accept(UInt8(ascii: "\"")) { return plain }
    guard at < end else { throw failure("a string has no end") }
    var text = Array(plain.utf8)
    while at < end, bytes[at] != UInt8(ascii: "\"") {
      if accept(UInt8(ascii: "\\")) {
        text.append(try escaped())
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    try expect(UInt8(ascii: "\""))
    return String(decoding: text, as: UTF8.self)
  }

  /// What a plan escapes: quotes, backslashes and control characters.
  private mutating func escaped() throws(Failure) -> UInt8 {
    if accept(UInt8(ascii: "\"")) { return UInt8(ascii: "\"") }
    if accept(UInt8(ascii: "\\")) { return UInt8(ascii: "\\") }
    guard take("u00"), at + 2 <= end,
      let value = UInt8(String(decoding: bytes[at..<at + 2], as: UTF8.self), radix: 16)
    else { throw failure("a character is escaped in a way that plans do not have") }
    at += 2
    return value
  }
}
