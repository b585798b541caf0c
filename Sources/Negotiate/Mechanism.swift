/// A way to prove who one is, as SPNEGO may choose it.
package enum Mechanism: CaseIterable, Hashable, Sendable {
  case kerberos
  case ntlm
}

extension Mechanism: CustomStringConvertible {
  package var description: String {
    switch self {
    case .kerberos: "Kerberos"
    case .ntlm: "NTLM"
    }
  }
}
