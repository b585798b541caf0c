/// Where a host listens, and how far it is trusted.
package struct Endpoint: Hashable, Sendable {
  package var scheme: Scheme
  /// The name that is asked for and, over TLS, the name that the certificate must show.
  package var host: String
  package var port: UInt16
  /// Connect to this address instead of looking the name up; nil looks it up.
  package var address: Address?
  package var trust: Trust

  package init(
    scheme: Scheme, host: String, port: UInt16, address: Address? = nil, trust: Trust = Trust()
  ) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.address = address
    self.trust = trust
  }

  package enum Scheme: String, Hashable, Sendable {
    case http
    case https
  }

  package struct Address: Hashable, Sendable {
    package var host: String
    package var port: UInt16

    package init(host: String, port: UInt16) {
      self.host = host
      self.port = port
    }
  }

  /// What TLS relies upon; files are PEM.
  package struct Trust: Hashable, Sendable {
    /// Authorities beside those of the system's store; nil is that store alone.
    package var authorities: String?
    /// A client certificate and its key.
    package var certificate: ClientCertificate?
    /// Whether the server's certificate is checked; only a flag of that name turns it off.
    package var isVerified: Bool

    package init(
      authorities: String? = nil, certificate: ClientCertificate? = nil, isVerified: Bool = true
    ) {
      self.authorities = authorities
      self.certificate = certificate
      self.isVerified = isVerified
    }
  }

  package struct ClientCertificate: Hashable, Sendable {
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }
}

extension Endpoint {
  func url(_ path: String) -> String {
    "\(scheme.rawValue)://\(Self.bracketed(host)):\(port)\(path)"
  }

  /// `HOST:PORT:HOST:PORT`, as libcurl wants it; nil where the name is looked up.
  ///
  /// The host keeps its name where it can: libcurl goes through all connections to a name at each
  /// request, which takes long where a thousand hosts have the name of one address.
  var detour: String? {
    address.map { address in
      let target = resolution == nil ? address.host : host
      return "\(Self.bracketed(host)):\(port):\(Self.bracketed(target)):\(address.port)"
    }
  }

  /// `HOST:PORT:ADDRESS`, the address that the name has; nil where it is looked up.
  var resolution: String? {
    guard let address, Self.isNumeric(address.host), !Self.isNumeric(host) else { return nil }
    return "\(host):\(address.port):\(Self.bracketed(address.host))"
  }

  /// Whether it is an address and no name.
  private static func isNumeric(_ host: String) -> Bool {
    host.contains(":") || host.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".") }
  }

  private static func bracketed(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
  }
}
