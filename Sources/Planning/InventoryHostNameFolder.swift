import VolumeActivation

/// Folds and checks host names, byte by byte where they are ASCII.
struct HostNameFolder {
  static let limit = 253
  private var dot: UInt8 { UInt8(ascii: ".") }

  /// The folded byte; 0 for those that no ASCII name has.
  private let table: [UInt8] = (0...255).map { byte in
    let byte = UInt8(byte)
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): return byte
    default: return isASCIIAlphanumeric(byte) ? asciiLowercased(byte) : 0
    }
  }

  /// Writes the folded name to `output`; a name without a dot gets the domain behind it.
  ///
  /// - Returns: Its length; nil when it cannot be a host name.
  @inline(__always)
  func fold(
    _ name: FieldBytes, domain: FieldBytes, into output: inout [UInt8]
  ) -> Int? {
    var length = 0
    var hasDot = false
    guard append(name, to: &output, &length, &hasDot) else { return nil }
    if output[length - 1] == dot { length -= 1 }
    if !hasDot, domain.contains(dot) {
      guard length < Self.limit else { return nil }
      output[length] = dot
      length += 1
      guard append(domain, to: &output, &length, &hasDot) else { return nil }
      if output[length - 1] == dot { length -= 1 }
    }
    return length > 0 && length <= Self.limit && output[0] != dot ? length : nil
  }

  @inline(__always)
  private func append(
    _ text: FieldBytes, to output: inout [UInt8], _ length: inout Int, _ hasDot: inout Bool
  ) -> Bool {
    guard length + text.count <= Self.limit + 1 else { return false }
    let start = length
    for byte in text {
      let folded = table[Int(byte)]
      if folded == 0 {
        length = start
        return byte < 0x80 ? false : appendUnicode(text, to: &output, &length, &hasDot)
      }
      if folded == dot { hasDot = true }
      output[length] = folded
      length += 1
    }
    return true
  }

  /// The rare name with letters beyond ASCII, by `HostName`'s own rule.
  @inline(never)
  private func appendUnicode(
    _ text: FieldBytes, to output: inout [UInt8], _ length: inout Int, _ hasDot: inout Bool
  ) -> Bool {
    guard let name = HostName(text.text) else { return false }
    let bytes = Array(name.rawValue.utf8)
    guard length + bytes.count <= Self.limit else { return false }
    for byte in bytes {
      if byte == dot { hasDot = true }
      output[length] = byte
      length += 1
    }
    return true
  }
}
