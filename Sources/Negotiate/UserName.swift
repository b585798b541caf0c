/// Who logs on with a password: `user@REALM`, `DOMAIN\user`, or a local `user`.
package struct UserName: Hashable, Sendable {
  private let text: String

  package init(_ text: String) {
    self.text = text
  }
}

extension UserName: CustomStringConvertible {
  package var description: String { text }
}

extension UserName {
  /// The name for Kerberos, its realm in capitals as Active Directory has it; nil without a realm.
  var principal: String? {
    guard let at = text.lastIndex(of: "@"), !text.contains("\\") else { return nil }
    return text[...at] + text[text.index(after: at)...].uppercased()
  }
}
