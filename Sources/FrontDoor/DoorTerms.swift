package import Negotiate
package import VolumeActivation

/// Whom a door lets in, and what goes wrong on the wire behind it.
package struct DoorTerms: Sendable {
  /// What Kerberos and NTLM are checked with; nil lets nobody in by either.
  package var keys: AcceptorKeys?
  /// Local users and their passwords, for Basic over HTTPS.
  package var localUsers: [UserName: Secret<String>]
  /// Whether a client certificate of `TLSIdentity.clientAuthority` is enough.
  package var acceptsCertificates: Bool
  package var hardening: ChannelBindingHardening
  /// What meets the so many-th message to a host, counted from 1; nil for nothing.
  package var fault: @Sendable (HostName, Int) -> WireFault?

  package init(
    keys: AcceptorKeys?, localUsers: [UserName: Secret<String>] = [:],
    acceptsCertificates: Bool = false,
    hardening: ChannelBindingHardening = .relaxed,
    fault: @escaping @Sendable (HostName, Int) -> WireFault? = { _, _ in nil }
  ) {
    self.keys = keys
    self.localUsers = localUsers
    self.acceptsCertificates = acceptsCertificates
    self.hardening = hardening
    self.fault = fault
  }
}
