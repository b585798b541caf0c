package import Glibc

/// Who can get at a file with a secret in it.
package struct SecretsFileAccess: Hashable, Sendable {
  package var owner: uid_t
  package var mode: mode_t

  package init(owner: uid_t, mode: mode_t) {
    self.owner = owner
    self.mode = mode
  }

  /// Why the file is no place for a secret.
  package enum Flaw: Hashable, Sendable {
    /// It belongs to neither the reader nor the administrator.
    case foreignOwner(uid_t)
    /// Group or world have rights to it; the mode in octal digits.
    case openToOthers(mode: String)
  }

  /// What keeps `user` from trusting it; nil when nothing does.
  package func flaw(for user: uid_t) -> Flaw? {
    if mode & 0o077 != 0 {
      return .openToOthers(mode: "0" + String(mode & 0o777, radix: 8))
    }
    return owner == user || owner == 0 ? nil : .foreignOwner(owner)
  }
}
