import NIOCore
import NIOHTTP1

/// A request with its whole body.
struct WireRequest: Sendable {
  var head: HTTPRequestHead
  var body: [UInt8]

  /// The first value of a header field.
  subscript(_ name: String) -> String? { head.headers.first(name: name) }
}

/// Puts the parts of requests together, and ends connections that send too much.
final class RequestAssembler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = WireRequest

  /// Octets of a body; `MaxEnvelopeSizekb` of newer hosts is 500.
  private static let mostOctets = 512 * 1024
  private var request: WireRequest?

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): request = WireRequest(head: head, body: [])
    case .body(let octets):
      request?.body += octets.readableBytesView
      if let request, request.body.count > Self.mostOctets {
        self.request = nil
        context.close(promise: nil)
      }
    case .end:
      guard let request else { return }
      self.request = nil
      context.fireChannelRead(wrapInboundOut(request))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
