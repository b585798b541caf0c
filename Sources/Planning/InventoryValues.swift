import VolumeActivation

// How the values of single columns are brought into the one form that is kept.

// nil refuses it. What is kept is written into plans, so nothing that holds a product key is.

func asWritten(_ field: FieldBytes) -> [UInt8]? { holdsProductKey(field) ? nil : Array(field) }

func lowercased(_ field: FieldBytes) -> [UInt8]? {
  holdsProductKey(field) ? nil : Array(field.text.lowercased().utf8)
}

/// Words in lower case, sorted, each once, a space between.
func tagList(_ field: FieldBytes) -> [UInt8]? {
  if holdsProductKey(field) { return nil }
  let words = field.text.lowercased().split { " ,;|\t\r\n".contains($0) }
  return Array(Set(words).sorted().joined(separator: " ").utf8)
}

func partialKey(_ field: FieldBytes) -> [UInt8]? {
  PartialProductKey(field.text).map { Array($0.rawValue.utf8) }
}

func kmsAddress(_ field: FieldBytes) -> [UInt8]? {
  holdsProductKey(field) ? nil : KMSAddress(field.text).map { Array($0.description.utf8) }
}

/// Whether a whole product key stands in it, which is told from nearly all texts by their length
/// and their hyphens.
@inline(__always)
func holdsProductKey(_ field: FieldBytes) -> Bool {
  field.count >= 29 && hasProductKey(field)
}

@inline(never)
private func hasProductKey(_ field: FieldBytes) -> Bool {
  field.count { $0 == UInt8(ascii: "-") } >= 4 && ProductKey.stands(in: field.text)
}

/// `19045`, or `19045.3803` with the revision that Windows shows behind it.
func wholeNumber(_ field: FieldBytes) -> UInt32? {
  guard let dot = field.firstIndex(of: UInt8(ascii: ".")) else { return field.number }
  guard FieldBytes(rebasing: field[(dot + 1)...]).number != nil else { return nil }
  return FieldBytes(rebasing: field[..<dot]).number
}

/// Whether a number is 0xFFFFFFFF, or -1 where somebody took it for signed.
func isNotApplicable(_ field: FieldBytes) -> Bool {
  field.elementsEqual("4294967295".utf8) || field.elementsEqual("-1".utf8)
}

/// Whether VAMT's application ID is that of Windows.
///
/// Source: slmgr-wmi.md, section 1.
func isWindows(_ field: FieldBytes) -> Bool {
  field.guid == ClientMachineID("55c92734-d682-4d71-983e-d6ec3f16059f")
}

/// Whether a licence family is that of an ESU add-on, such as `Client-ESU-Year1`.
@inline(__always)
func isExtendedSecurityUpdate(_ field: FieldBytes) -> Bool {
  guard let last = field.last, last &- UInt8(ascii: "0") < 10 else { return false }
  return field.text.lowercased().contains("-esu-")
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

/// Whether the bytes are well-formed UTF-8.
func isValidUTF8(_ field: FieldBytes) -> Bool { String(validating: field, as: UTF8.self) != nil }
