import NIOCore
import NIOHTTP1

/// A reply as the wire has it.
struct WireReply: Sendable {
  var status: HTTPResponseStatus
  var headers = HTTPHeaders()
  var body: [UInt8] = []

  /// A reply that is its status.
  init(_ status: HTTPResponseStatus) { self.status = status }

  init(_ status: HTTPResponseStatus, type: String, _ body: [UInt8]) {
    self.status = status
    self.body = body
    headers.add(name: "Content-Type", value: type)
  }

  /// The octets of it.
  ///
  /// - Parameter length: What `Content-Length` says; nil for the truth.
  func octets(length: Int? = nil) -> ByteBuffer {
    var text = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    text += "Server: Microsoft-HTTPAPI/2.0\r\nContent-Length: \(length ?? body.count)\r\n\r\n"
    var buffer = ByteBuffer(string: text)
    buffer.writeBytes(body)
    return buffer
  }
}
