/// Reads dates and durations from the front of a short run of bytes.
struct DateScanner {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: some Sequence<UInt8>) { bytes = Array(text.prefix(64)) }

  var count: Int { bytes.count }
  var isAtEnd: Bool { place == bytes.count }

  func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: scalar) else { return false }
    place += 1
    return true
  }

  /// 1 or -1.
  mutating func sign() -> Int? {
    if skip("+") { return 1 }
    return skip("-") ? -1 : nil
  }

  mutating func digits(_ width: Int, into value: inout Int?) -> Bool {
    guard place + width <= bytes.count else { return false }
    var sum = 0
    for byte in bytes[place..<(place + width)] {
      guard let digit = Self.digit(byte) else { return false }
      sum = sum * 10 + digit
    }
    place += width
    value = sum
    return true
  }

  /// Digits, or as many asterisks, which leave the value nil.
  mutating func digits(_ width: Int, wild value: inout Int?) -> Bool {
    if place + width <= bytes.count,
      bytes[place..<(place + width)].allSatisfy({ $0 == UInt8(ascii: "*") })
    {
      place += width
      return true
    }
    return digits(width, into: &value)
  }

  /// As many digits as there are, nine at most.
  mutating func number() -> Int? {
    let start = place
    var sum = 0
    while place < bytes.count, place - start < 9, let digit = Self.digit(bytes[place]) {
      sum = sum * 10 + digit
      place += 1
    }
    return place > start ? sum : nil
  }

  /// The digits behind a decimal point; those after the sixth are dropped.
  mutating func microseconds() -> Int? {
    let start = place
    var sum = 0
    while place < bytes.count, let digit = Self.digit(bytes[place]) {
      if place - start < 6 { sum = sum * 10 + digit }
      place += 1
    }
    guard place > start else { return nil }
    for _ in 0..<max(0, 6 - (place - start)) { sum *= 10 }
    return sum
  }

  private static func digit(_ byte: UInt8) -> Int? {
    byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 : nil
  }
}

extension Int {
  /// The decimal digits with zeros in front.
  func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
