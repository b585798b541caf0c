package import Planning

/// How real hosts are reached and logged on to; it holds no secret, only where one is.
package struct WinRMTransport: Hashable, Sendable {
  package var logOn: LogOn
  /// The class of the hosts' SPNs.
  package var service = Service.http
  /// nil is plain HTTP, on which messages are sealed.
  package var tls: TLS?
  package var port: UInt16
  /// Where to connect instead, whatever a host's name is; nil looks the name up.
  package var address: Address?
  /// Where it stands in the file, for messages.
  package var place: InputError.Place

  /// How a person or a program proves who it is.
  package enum LogOn: Hashable, Sendable {
    /// Kerberos with the tickets that `kinit` got.
    case tickets
    /// Kerberos with a key in a file.
    case keytab(path: String, user: String)
    /// A password, which goes to no other method than the one named.
    case password(Password, PasswordMethod)
    /// A client certificate and its key, in PEM files.
    case certificate(path: String, key: String)
  }

  /// An account and where its password is kept.
  package struct Password: Hashable, Sendable {
    package var user: String
    package var secret: SecretSource
    /// Where `secret` stands in the file, for messages.
    package var place: InputError.Place
  }

  package enum PasswordMethod: Hashable, Sendable {
    case kerberos
    case ntlm
    /// Kerberos, and NTLM where a host or the KDC has no Kerberos.
    case kerberosOrNTLM
    case basic
  }

  package enum Service: String, CaseIterable, Hashable, Sendable {
    case http = "HTTP"
    case wsman = "WSMAN"
    case host = "HOST"
  }

  package struct TLS: Hashable, Sendable {
    /// Authorities beside those of the system, in a PEM file.
    package var authorities: String?
    package var isVerified = true
    /// Whether a handshake is bound to its TLS connection, which a proxy that ends TLS breaks.
    package var bindsChannel = true

    package init(authorities: String? = nil, isVerified: Bool = true, bindsChannel: Bool = true) {
      self.authorities = authorities
      self.isVerified = isVerified
      self.bindsChannel = bindsChannel
    }
  }

  package struct Address: Hashable, Sendable {
    package var host: String
    package var port: UInt16

    package init(host: String, port: UInt16) {
      self.host = host
      self.port = port
    }
  }
}

extension WinRMTransport {
  /// The port that WinRM listens on unless somebody moved it.
  static func defaultPort(tls: Bool) -> UInt16 { tls ? 5986 : 5985 }
}
