import Negotiate

/// Answers that no honest host gives; each has to be an error.
struct Attack: Sendable {
  var name: String
  var spoiling: Spoiling

  private init(_ name: String, _ spoiling: Spoiling) {
    self.name = name
    self.spoiling = spoiling
  }

  static let all = inXML + inFrame + inHTTP

  // MARK: Sealed by the host itself

  private static let bomb =
    "<!DOCTYPE s [<!ENTITY a0 \"ha\">"
    + (1...20).map { "<!ENTITY a\($0) \"&a\($0 - 1);&a\($0 - 1);\">" }.joined() + "]>"

  private static let inXML = [
    Attack("bomb", .envelope { Array(bomb.utf8) + $0 }),
    Attack(
      "external entity",
      .envelope { Array("<!DOCTYPE s SYSTEM \"file:///etc/passwd\">".utf8) + $0 }),
    Attack("deep nesting", .envelope { _ in Array(String(repeating: "<a>", count: 200_000).utf8) }),
    Attack(
      "many elements", .text("<s:Body>", "<s:Body>" + String(repeating: "<a/>", count: 90_000))),
    Attack(
      "many attributes",
      .text(
        "<s:Body>", "<s:Body " + (0..<9000).map { "a\($0)='' " }.joined() + ">")),
    Attack(
      "long name", .text("<s:Body>", "<s:Body><" + String(repeating: "n", count: 300_000) + "/>")),
    Attack("invalid UTF-8", .envelope { $0.replacing(Array("Version".utf8), with: [0xC3, 0x28]) }),
    Attack("UTF-16", .envelope { [0xFF, 0xFE] + $0.flatMap { [$0, 0] } }),
    Attack("zero octets", .text("<s:Body>", "<s:Body>\0")),
    Attack("other envelope", .text("http://www.w3.org/2003/05/soap-envelope", "urn:nobody")),
    Attack(
      "other enumeration", .text("http://schemas.xmlsoap.org/ws/2004/09/enumeration", "urn:no")),
    Attack("other addressing", .text("http://schemas.xmlsoap.org/ws/2004/08/addressing", "urn:no")),
    Attack("other request", .text("RelatesTo>uuid:", "RelatesTo>uuid:F")),
    Attack("no end", .envelope { Array($0.dropLast(20)) }),
    Attack("two documents", .envelope { $0 + $0 }),
    Attack("blank", .envelope { _ in [0x20] }),
    Attack("large", .envelope { $0 + Array(repeating: 0x20, count: 3 << 20) }),
  ]

  // MARK: Changed by who stands between

  private static let inFrame = [
    Attack("garbage after sealing", .frame { $0.body + Array("garbage".utf8) }),
    Attack("signature too long", .frame { frame($0, signatureLength: $0.signature.count + 1) }),
    Attack("signature too short", .frame { frame($0, signatureLength: $0.signature.count - 1) }),
    Attack("no signature", .frame { frame($0, signatureLength: 0) }),
    Attack("endless signature", .frame { frame($0, signatureLength: Int(UInt32.max)) }),
    Attack("length too long", .frame("Length=", "Length=9")),
    Attack("length too short", .frame { frame($0, length: $0.sealed.count - 1) }),
    Attack("length is negative", .frame("Length=", "Length=-")),
    Attack("length beyond numbers", .frame("Length=", "Length=99999999999999999999")),
    Attack("no length", .frame("Length=", "Width=")),
    Attack(
      "boundary in the sealed octets",
      .frame { message in
        var message = message
        message.sealed.insert(contentsOf: Array("--Encrypted Boundary--\r\n".utf8), at: 9)
        return message.body
      }),
    Attack(
      "changed signature",
      .frame { message in
        var message = message
        message.signature[message.signature.count - 1] ^= 1
        return message.body
      }),
    Attack(
      "a fault that nobody sealed",
      .frame { _ in
        Array("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'/>".utf8)
      }),
    Attack("no body", .frame { _ in [] }),
  ]

  private static func frame(
    _ message: EncryptedMessage, signatureLength: Int? = nil, length: Int? = nil
  ) -> [UInt8] {
    var body = message.body
    if let length {
      body = body.replacing(
        Array("Length=\(message.sealed.count)\r".utf8), with: Array("Length=\(length)\r".utf8))
    }
    if let signatureLength, let head = body.firstRange(of: Array("octet-stream\r\n".utf8)) {
      for place in 0..<4 {
        body[head.upperBound + place] = UInt8(truncatingIfNeeded: signatureLength >> (8 * place))
      }
    }
    return body
  }

  private static let inHTTP = [
    Attack("Content-Length too long", .answer("Content-Length: ", "Content-Length: 9")),
    Attack(
      "Content-Length too short",
      .answer("\r\nContent-Length: ", "\r\nContent-Length: 9\r\nX: ")),
    Attack("Content-Length is negative", .answer("Content-Length: ", "Content-Length: -")),
    Attack(
      "chunked nonsense",
      .instead("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nXYZ\r\n\r\n")),
    Attack(
      "endless chunk",
      .instead("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n\r\n")),
    Attack(
      "endless body",
      .instead("HTTP/1.1 200 OK\r\n\r\n", thenForEver: String(repeating: "x", count: 50_000))),
    Attack(
      "endless header",
      .instead("HTTP/1.1 200 OK\r\n", thenForEver: String(repeating: "x: y\r\n", count: 999))),
    Attack(
      "endless line",
      .instead("HTTP/1.1 200 OK\r\nX: ", thenForEver: String(repeating: "x", count: 50_000))),
    Attack("endless 100", .instead("", thenForEver: "HTTP/1.1 100 Continue\r\n\r\n")),
    Attack(
      "redirect",
      .instead("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")),
    Attack(
      "401 in the middle",
      .instead("HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n")),
    Attack("200 without a body", .instead("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
    Attack("204", .instead("HTTP/1.1 204 No\r\n\r\n")),
    Attack("HTTP/0.9", .instead("<s:Envelope/>")),
    Attack("HTTP/9", .answer("HTTP/1.1", "HTTP/9.9")),
    Attack("status beyond numbers", .answer("HTTP/1.1 200", "HTTP/1.1 99999999999")),
    Attack("another Content-Type", .answer("multipart/encrypted", "text/html")),
    Attack("no boundary", .answer("boundary=", "border=")),
    Attack("another boundary", .answer("boundary=\"Encrypted Boundary\"", "boundary=\"X\"")),
    Attack("nothing", .instead("")),
  ]
}
