package import NIOSSL

extension TestCertificates.Identity {
  /// What a server needs to speak TLS with it.
  ///
  /// - Parameter authority: Only clients with a certificate of this authority are let in; nil asks
  ///   for none.
  package func server(lettingIn authority: String? = nil) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificates).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    if let authority {
      configuration.trustRoots = .file(authority)
      configuration.certificateVerification = .noHostnameVerification
    }
    return try NIOSSLContext(configuration: configuration)
  }
}
