/// The header that announces a sealed message.
struct ContentTypeField {
  var scheme: EncryptedMessage.Scheme
  var boundary: String

  /// Reads `multipart/encrypted;protocol="…";boundary="…"`, in any order and with blanks.
  init(_ text: String) throws(EncryptedMessageError) {
    let parts = text.utf8.split(separator: UInt8(ascii: ";")).map { Substring($0).trimmed }
    guard parts.first?.isSame(as: "multipart/encrypted") == true else { throw .notEncrypted }
    var (boundary, name) = ("", "")
    for part in parts.dropFirst() {
      guard let (key, value) = part.halves(at: "=") else { throw .malformed }
      if key.trimmed.isSame(as: "boundary") { boundary = String(value.trimmed.withoutQuotes) }
      if key.trimmed.isSame(as: "protocol") { name = String(value.trimmed.withoutQuotes) }
    }
    guard !boundary.isEmpty else { throw .malformed }
    self.boundary = boundary
    guard let scheme = EncryptedMessage.Scheme(rawValue: name) else { throw .unknownScheme(name) }
    self.scheme = scheme
  }
}
