/// The header that announces a sealed message.
struct ContentTypeField {
  var scheme: EncryptedMessage.Scheme
  var boundary: String

  /// Reads `multipart/encrypted;protocol="…";boundary="…"`, in any order and with blanks.
  init(_ text: String) throws(EncryptedMessageError) {
    let parts = text.split(separator: ";").map { $0.trimmingBlanks() }
    guard parts.first?.lowercased() == "multipart/encrypted" else { throw .notEncrypted }
    var parameters: [String: String] = [:]
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "=") else { throw .malformed }
      parameters[part[..<equals].trimmingBlanks().lowercased()] =
        part[part.index(after: equals)...].trimmingBlanks().withoutQuotes()
    }
    guard let boundary = parameters["boundary"], !boundary.isEmpty else { throw .malformed }
    self.boundary = boundary
    let name = parameters["protocol"] ?? ""
    guard let scheme = EncryptedMessage.Scheme(rawValue: name) else { throw .unknownScheme(name) }
    self.scheme = scheme
  }
}

extension StringProtocol {
  fileprivate func trimmingBlanks() -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(String(drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
  }

  fileprivate func withoutQuotes() -> String {
    guard count >= 2, first == "\"", last == "\"" else { return String(self) }
    return String(dropFirst().dropLast())
  }
}
