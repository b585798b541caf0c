import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Listens on loopback and does with each request what the test says.
struct LoopbackServer {
  let port: UInt16
  private let channel: any Channel
  private let log: Log

  /// One request as it arrived.
  struct Received: Sendable {
    var head: String
    var body: [UInt8]
    /// Which connection it came on, counted from 1.
    var connection: Int
    /// Which request of its connection it is, counted from 1.
    var number: Int
    /// What the client showed over TLS, in DER form; nil for nothing.
    var certificate: [UInt8]?
  }

  enum Behaviour: Sendable {
    case answer(status: Int, body: String)
    /// An answer, after which the idle connection is closed.
    case answerAndClose(body: String)
    /// These octets as they stand, after which the connection is closed.
    case raw(String)
    /// The connection is closed without an answer.
    case hangUp
    /// Nothing happens any more.
    case fallSilent
    /// A body without an end.
    case flood
  }

  fileprivate final class Log: Sendable {
    let received = Mutex<[Received]>([])
    let connections = Mutex(0)
    let open = Mutex(0)
  }

  /// - Parameter tls: nil is plain HTTP.
  /// - Parameter greeting: What it says before anybody asks, as a server of something else does.
  init(
    tls: NIOSSLContext? = nil, greeting: String = "",
    _ behave: @escaping @Sendable (Received) -> Behaviour
  ) async throws {
    let log = Log()
    self.log = log
    channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          }
          try channel.pipeline.syncOperations.addHandler(Handler(log, greeting, behave))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = UInt16(channel.localAddress?.port ?? 0)
  }

  /// Everything that arrived so far.
  var received: [Received] { log.received.withLock { $0 } }

  /// How many connections are open.
  var open: Int { log.open.withLock { $0 } }

  func stop() async throws { try await channel.close().get() }
}

extension LoopbackServer {
  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: Log
    private let behave: @Sendable (Received) -> Behaviour
    private let greeting: String
    private let connection: Int
    private var number = 0
    private var text: [UInt8] = []

    init(
      _ log: Log, _ greeting: String, _ behave: @escaping @Sendable (Received) -> Behaviour
    ) {
      self.log = log
      self.greeting = greeting
      self.behave = behave
      connection = log.connections.withLock { count in
        count += 1
        return count
      }
    }

    func channelInactive(context: ChannelHandlerContext) { log.open.withLock { $0 -= 1 } }

    func channelActive(context: ChannelHandlerContext) {
      log.open.withLock { $0 += 1 }
      guard !greeting.isEmpty else { return }
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: greeting)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      text += unwrapInboundIn(data).readableBytesView
      while var request = nextRequest() {
        request.certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()?
          .toDERBytes()
        log.received.withLock { $0.append(request) }
        act(behave(request), context)
      }
    }

    private func nextRequest() -> Received? {
      guard let end = text.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
      let head = String(decoding: text[..<end.lowerBound], as: UTF8.self)
      let length =
        head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
      guard text.count - end.upperBound >= length else { return nil }
      let body = Array(text[end.upperBound..<end.upperBound + length])
      text.removeFirst(end.upperBound + length)
      number += 1
      return Received(head: head, body: body, connection: connection, number: number)
    }

    private func act(_ behaviour: Behaviour, _ context: ChannelHandlerContext) {
      func send(_ text: String) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      }
      func answer(_ status: Int, _ body: String) {
        send("HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      }
      switch behaviour {
      case .answer(let status, let body): answer(status, body)
      case .answerAndClose(let body):
        answer(200, body)
        context.close(promise: nil)
      case .raw(let text):
        send(text)
        context.close(promise: nil)
      case .hangUp: context.close(promise: nil)
      case .fallSilent: break
      case .flood:
        send("HTTP/1.1 200 OK\r\n\r\n")
        flood(context)
      }
    }

    private func flood(_ context: ChannelHandlerContext) {
      let block = ByteBuffer(repeating: 0x41, count: 65_536)
      let again = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(block)).whenSuccess {
        let (handler, context) = again.value
        handler.flood(context)
      }
    }
  }
}
