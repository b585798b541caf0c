/// A sealed message in the frame that WinRM sends it in, `multipart/encrypted`.
///
/// It looks like MIME and is not: no blank line ends a head, and the sealed octets run into the
/// closing boundary. Source: MS-WSMV 2.2.9.1.
package struct EncryptedMessage: Hashable, Sendable {
  package var scheme: Scheme
  package var signature: [UInt8]
  /// With the padding, if the mechanism added any.
  package var sealed: [UInt8]

  package init(scheme: Scheme, signature: [UInt8], sealed: [UInt8]) {
    self.scheme = scheme
    self.signature = signature
    self.sealed = sealed
  }

  /// What the Authorization header said, whichever mechanism won.
  package enum Scheme: String, CaseIterable, Sendable {
    case negotiate = "application/HTTP-SPNEGO-session-encrypted"
    case kerberos = "application/HTTP-Kerberos-session-encrypted"
  }
}

extension EncryptedMessage {
  private static let boundary = "Encrypted Boundary"

  /// The value of the header `Content-Type`.
  package var contentType: String {
    "multipart/encrypted;protocol=\"\(scheme.rawValue)\";boundary=\"\(Self.boundary)\""
  }

  /// The body of the request or the reply.
  package var body: [UInt8] {
    let head = """
      --\(Self.boundary)\r
      \tContent-Type: \(scheme.rawValue)\r
      \tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=\(sealed.count)\r
      --\(Self.boundary)\r
      \tContent-Type: application/octet-stream\r

      """
    var body: [UInt8] = []
    body.reserveCapacity(head.utf8.count + 4 + signature.count + sealed.count + 24)
    body += head.utf8
    for shift in [0, 8, 16, 24] { body.append(UInt8(truncatingIfNeeded: signature.count >> shift)) }
    body += signature
    body += sealed
    body += "--\(Self.boundary)--\r\n".utf8
    return body
  }
}

extension EncryptedMessage {
  /// Reads a frame.
  ///
  /// OMI writes no tabs and a line more at the end, Exchange a blank before the boundary's name: they
  /// are read too. Where the sealed octets end is told by lengths and never searched.
  ///
  /// - Parameters:
  ///   - body: All of it, heads and boundaries included.
  ///   - contentType: The value of the header.
  package init(body: [UInt8], contentType: String) throws(EncryptedMessageError) {
    let field = try ContentTypeField(contentType)
    var reader = FrameReader(body, boundary: field.boundary)
    try reader.skipBoundary()
    var length: Int?
    while !reader.isAtBoundary {
      let line = try reader.line()
      if let value = line.value(of: "OriginalContent") { length = try Self.length(in: value) }
      if let value = line.value(of: "Content-Type"), value != field.scheme.rawValue {
        throw .unknownScheme(value)
      }
    }
    guard let length else { throw .noLength }
    try reader.skipBoundary()
    guard try reader.line().value(of: "Content-Type") == "application/octet-stream" else {
      throw .malformed
    }
    scheme = field.scheme
    signature = try reader.octets(reader.littleEndian())
    sealed = try reader.octets(length)
    try reader.skipEnd()
  }

  /// The number in `type=application/soap+xml;charset=UTF-8;Length=1234`.
  private static func length(in value: String) throws(EncryptedMessageError) -> Int {
    let part = value.split(separator: ";").last { $0.hasPrefix("Length=") }
    guard let part, let length = Int(part.dropFirst(7)), length >= 0 else { throw .noLength }
    return length
  }
}
