import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

extension WireFault {
  /// Spoils a reply on its way.
  ///
  /// - Returns: Whether the connection goes on.
  func write(
    _ reply: WireReply, to replies: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    _ channel: any NIOCore.Channel
  ) async throws -> Bool {
    var octets = reply.octets()
    switch self {
    case .hangUpBefore, .hangUpAfter, .unavailable: return false
    case .internalError:
      try await replies.write(WireReply(.internalServerError).octets())
      return true
    case .truncated:
      try await replies.write(octets.half)
      return false
    case .reset:
      try await replies.write(octets.half)
      try await (channel as? any SocketOptionProvider)?
        .setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
      return false
    case .slow:
      while let piece = octets.readSlice(length: min(64, octets.readableBytes)),
        piece.readableBytes > 0
      {
        try await replies.write(piece)
        try await Task.sleep(for: .milliseconds(2))
      }
      return true
    case .wrongBoundary:
      var other = reply
      other.headers.replaceOrAdd(
        name: "Content-Type", value: "multipart/encrypted;boundary=\"Another Boundary\"")
      try await replies.write(other.octets())
      return true
    case .oversized:
      try await replies.write(reply.octets(length: 1 << 40))
      let block = ByteBuffer(repeating: 0x20, count: 1 << 16)
      while true { try await replies.write(block) }
    }
  }
}

extension ByteBuffer {
  fileprivate var half: ByteBuffer { getSlice(at: readerIndex, length: readableBytes / 2) ?? self }
}
