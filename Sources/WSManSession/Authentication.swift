package import Negotiate
package import VolumeActivation

/// How a session proves to a host who it is.
package enum Authentication: Sendable {
  /// Kerberos or NTLM, once for each connection; plain HTTP is sealed with what it agrees on.
  ///
  /// Over TLS the handshake is bound to the connection, unless something between ends TLS.
  case negotiate(Credential, ServiceName, bindsChannel: Bool = true)
  /// With each request; HTTPS alone may carry it.
  case basic(user: String, Secret<String>)
  /// The client certificate that the endpoint's trust names; HTTPS alone has it.
  case certificate
}
