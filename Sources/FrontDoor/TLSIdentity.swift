import NIOSSL
import Negotiate

/// What the hosts behind a door prove over HTTPS, all of them with one certificate.
package struct TLSIdentity: Sendable {
  let context: NIOSSLContext
  /// What ties a handshake to connections with this certificate.
  let binding: ChannelBinding

  /// Reads PEM files.
  ///
  /// - Parameters:
  ///   - certificates: The hosts' certificate, and behind it those that lead to an authority.
  ///   - key: The certificate's, without a pass phrase.
  ///   - clientAuthority: Who signs the certificates of clients; nil asks for none. A certificate is
  ///     asked for with the handshake, where Windows renegotiates after the request.
  package init(certificates: String, key: String, clientAuthority: String? = nil) throws {
    let chain = try NIOSSLCertificate.fromPEMFile(certificates)
    guard let leaf = chain.first else { throw NIOSSLError.failedToLoadCertificate }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    if let clientAuthority {
      configuration.trustRoots = .file(clientAuthority)
      configuration.certificateVerification = .optionalVerification
    }
    context = try NIOSSLContext(configuration: configuration)
    binding = ChannelBinding(certificate: try leaf.toDERBytes())
  }
}
