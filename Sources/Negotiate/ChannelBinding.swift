import Crypto

/// What ties a handshake to the TLS connection it runs on: `tls-server-end-point` of RFC 5929.
package struct ChannelBinding: Hashable, Sendable {
  /// What both sides give to GSSAPI.
  package let applicationData: [UInt8]

  /// - Parameter certificate: The server's own certificate in DER form.
  package init(certificate: [UInt8]) {
    applicationData = Array("tls-server-end-point:".utf8) + Self.digest(of: certificate)
  }

  /// The hash of the signature's algorithm.
  ///
  /// SHA-256 takes the place of MD5 and SHA-1, as the RFC
  /// says, and is our choice for RSA-PSS, EdDSA and unknown algorithms, where it says nothing.
  private static func digest(of certificate: [UInt8]) -> [UInt8] {
    switch signatureAlgorithm(of: certificate[...]) {
    case sha384WithRSA, sha384WithECDSA: Array(SHA384.hash(data: certificate))
    case sha512WithRSA, sha512WithECDSA: Array(SHA512.hash(data: certificate))
    default: Array(SHA256.hash(data: certificate))
    }
  }

  private static let sha384WithRSA: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 12]
  private static let sha512WithRSA: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 13]
  private static let sha384WithECDSA: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3]
  private static let sha512WithECDSA: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 4]

  /// The object identifier in the second element of a certificate; nil when it is not a certificate.
  private static func signatureAlgorithm(of certificate: ArraySlice<UInt8>) -> [UInt8]? {
    var outer = DERReader(certificate)
    guard let body = outer.next(tag: DERReader.sequence) else { return nil }
    var fields = DERReader(body)
    guard fields.next(tag: DERReader.sequence) != nil,
      let algorithm = fields.next(tag: DERReader.sequence)
    else { return nil }
    var parts = DERReader(algorithm)
    return parts.next(tag: DERReader.objectIdentifier).map(Array.init)
  }
}
