import VolumeActivation

// How the values of single columns are brought into the one form that is kept.

func asWritten(_ field: FieldBytes) -> [UInt8]? { Array(field) }

func lowercased(_ field: FieldBytes) -> [UInt8]? { Array(field.text.lowercased().utf8) }

/// Words in lower case, sorted, each once, a space between.
func tagList(_ field: FieldBytes) -> [UInt8]? {
  let words = field.text.lowercased().split { " ,;|\t\r\n".contains($0) }
  return Array(Set(words).sorted().joined(separator: " ").utf8)
}

func partialKey(_ field: FieldBytes) -> [UInt8]? {
  PartialProductKey(field.text).map { Array($0.rawValue.utf8) }
}

func kmsAddress(_ field: FieldBytes) -> [UInt8]? {
  KMSAddress(field.text).map { Array($0.description.utf8) }
}

/// `19045`, or `19045.3803` with the revision that Windows shows behind it.
func wholeNumber(_ field: FieldBytes) -> UInt32? {
  guard let dot = field.firstIndex(of: UInt8(ascii: ".")) else { return field.number }
  guard FieldBytes(rebasing: field[(dot + 1)...]).number != nil else { return nil }
  return FieldBytes(rebasing: field[..<dot]).number
}

/// Whether VAMT's application ID is that of Windows.
///
/// Source: slmgr-wmi.md, section 1.
func isWindows(_ field: FieldBytes) -> Bool {
  field.guid == ClientMachineID("55c92734-d682-4d71-983e-d6ec3f16059f")
}

extension ClientMachineID {
  /// What makers and hypervisors leave where an identity should be: it says nothing.
  var isFiller: Bool {
    (high == 0 && low == 0) || (high == .max && low == .max)
      || (high == 0x0300_0200_0400_0500 && low == 0x0006_0007_0008_0009)
  }
}

/// `10.0`, or `10.0.19045.3803` with the build behind it.
struct WrittenVersion: Sendable {
  var version: NTVersion
  var build: UInt32?

  init?(_ field: FieldBytes) {
    let numbers = field.text.split(separator: ".", omittingEmptySubsequences: false)
      .map { UInt32($0) }
    guard numbers.count >= 2, numbers.count <= 4, !numbers.contains(nil),
      let version = NTVersion(field.text),
      // 5.x is XP and 2003, which know neither KMS nor this way of licensing.
      (6...10).contains(version.major)
    else { return nil }
    self.version = version
    build = numbers.count > 2 ? numbers[2] : nil
  }
}

/// Folds and checks host names, byte by byte where they are ASCII.
enum HostNameBytes {
  static let limit = 253

  /// Writes the folded name to `output`; a name without a dot gets the domain behind it.
  ///
  /// - Returns: Its length; nil when it cannot be a host name.
  @inline(__always)
  static func fold(
    _ name: FieldBytes, domain: FieldBytes, into output: inout [UInt8]
  ) -> Int? {
    var length = 0
    var hasDot = false
    guard append(name, to: &output, &length, &hasDot) else { return nil }
    if output[length - 1] == dot { length -= 1 }
    if !hasDot, domain.contains(dot) {
      guard length < limit else { return nil }
      output[length] = dot
      length += 1
      guard append(domain, to: &output, &length, &hasDot) else { return nil }
      if output[length - 1] == dot { length -= 1 }
    }
    return length > 0 && length <= limit && output[0] != dot ? length : nil
  }

  private static let dot = UInt8(ascii: ".")

  @inline(__always)
  private static func append(
    _ text: FieldBytes, to output: inout [UInt8], _ length: inout Int, _ hasDot: inout Bool
  ) -> Bool {
    guard length + text.count <= limit + 1 else { return false }
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
  private static func appendUnicode(
    _ text: FieldBytes, to output: inout [UInt8], _ length: inout Int, _ hasDot: inout Bool
  ) -> Bool {
    guard let name = HostName(text.text) else { return false }
    let bytes = Array(name.rawValue.utf8)
    guard length + bytes.count <= limit else { return false }
    for byte in bytes {
      if byte == dot { hasDot = true }
      output[length] = byte
      length += 1
    }
    return true
  }

  /// The folded byte; 0 for those that no ASCII name has.
  private static let table: [UInt8] = (0...255).map { byte in
    let byte = UInt8(byte)
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): return byte
    default: return isASCIIAlphanumeric(byte) ? asciiLowercased(byte) : 0
    }
  }
}

/// Whether the bytes are well-formed UTF-8.
func isValidUTF8(_ field: FieldBytes) -> Bool { String(validating: field, as: UTF8.self) != nil }
