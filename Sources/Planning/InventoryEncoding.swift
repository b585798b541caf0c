/// Brings a file into UTF-8 without a byte order mark.
enum InventoryEncoding {
  /// The text's bytes, and where it begins in them; nil when it is UTF-16 cut in the middle or
  /// without a byte order mark.
  static func utf8(_ bytes: [UInt8]) -> (bytes: [UInt8], start: Int)? {
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (bytes, 3) }
    if head.starts(with: [0xFF, 0xFE]) { return transcode(bytes, high: 1).map { ($0, 0) } }
    if head.starts(with: [0xFE, 0xFF]) { return transcode(bytes, high: 0).map { ($0, 0) } }
    // Text does not begin with a zero byte, nor with one behind its first letter.
    return head.prefix(2).contains(0) ? nil : (bytes, 0)
  }

  /// From UTF-16, whose upper byte comes first (`high` 0) or second (1).
  private static func transcode(_ bytes: [UInt8], high: Int) -> [UInt8]? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count / 2 + bytes.count / 16)
    var index = 2
    while index < bytes.count {
      let unit = UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high])
      index += 2
      if unit < 0x80 {
        output.append(UInt8(unit))
        continue
      }
      var scalar = UInt32(unit)
      if UTF16.isLeadSurrogate(unit), index < bytes.count {
        let next = UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high])
        if UTF16.isTrailSurrogate(next) {
          scalar = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(next) - 0xDC00)
          index += 2
        }
      }
      // Half of a pair alone is no character.
      output.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
    }
    return output
  }
}
