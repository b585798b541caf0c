/// Finds four bytes in text, eight places at a time.
struct ByteMarks {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// The highest bit of each byte: none is set in ASCII.
  static let high: UInt64 = 0x8080_8080_8080_8080
  private static let each: UInt64 = 0x0101_0101_0101_0101

  init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
    self.first = Self.each &* UInt64(first)
    self.second = Self.each &* UInt64(second)
    self.third = Self.each &* UInt64(third)
    self.fourth = Self.each &* UInt64(fourth)
  }

  /// 0 when none of the bytes is in the word; else the lowest bit that is set is in the first of
  /// them, counted from the lowest byte.
  @inline(__always)
  func marks(in word: UInt64) -> UInt64 {
    (zeros(word ^ first) | zeros(word ^ second) | zeros(word ^ third) | zeros(word ^ fourth))
      & Self.high
  }

  /// Its highest bits are exact up to the first byte that is zero; behind that some may be wrong.
  @inline(__always)
  private func zeros(_ word: UInt64) -> UInt64 { (word &- Self.each) & ~word }
}
