import CGSSAPI
import Glibc

/// Keys and values that say where credentials are, wiped when they are freed.
///
/// Environment variables say the same, but to the whole process.
@safe struct CredentialStore: ~Copyable {
  private var elements: [gss_key_value_element_desc] = unsafe []

  mutating func set(_ key: Key, to value: String) {
    unsafe elements.append(
      gss_key_value_element_desc(key: strdup(key.rawValue), value: strdup(value)))
  }

  /// What MIT krb5 and gss-ntlmssp look for.
  enum Key: String {
    case ticketCache = "ccache"
    case keytab
    case password = "ntlmssp_password"
    case userFile = "ntlmssp_keyfile"
  }

  deinit {
    unsafe elements.forEach { element in
      unsafe Self.wipe(element.key)
      unsafe Self.wipe(element.value)
    }
  }

  private static func wipe(_ text: UnsafePointer<CChar>?) {
    guard let text = unsafe UnsafeMutablePointer(mutating: text) else { return }
    unsafe explicit_bzero(text, strlen(text))
    unsafe free(text)
  }

  /// Lends it to a call of GSSAPI.
  mutating func withSet<Result>(_ body: (inout gss_key_value_set_desc) -> Result) -> Result {
    unsafe elements.withUnsafeMutableBufferPointer { elements in
      var set = unsafe gss_key_value_set_desc(
        count: OM_uint32(elements.count), elements: elements.baseAddress)
      return unsafe body(&set)
    }
  }
}
