import NIOSSL
import Negotiate
import TestCertificates

/// How a `ScriptedHost` is reached, and how careful it is.
struct HostDoor: Sendable {
  /// What it speaks TLS with; nil is plain HTTP.
  var identity: TestCertificates.Identity?
  /// Only clients with a certificate of this authority are let in.
  var authority: String?
  /// The certificate that it takes for its own: another one than clients see stands behind
  /// something that ends TLS.
  var ownCertificate: [UInt8]?
  var hardening = ChannelBindingHardening.strict

  static func https(_ identity: TestCertificates.Identity) -> HostDoor {
    HostDoor(identity: identity, ownCertificate: identity.der)
  }

  func tls() throws -> NIOSSLContext? { try identity?.server(lettingIn: authority) }

  var binding: ChannelBinding? { ownCertificate.map(ChannelBinding.init(certificate:)) }
}
