import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import VolumeActivation

/// Listens as WinRM does, on the loopback alone, for every host of a fleet.
package struct FrontDoor: Sendable {
  private let respondent: any Respondent
  private let terms: DoorTerms
  private let directory: HostDirectory
  private let visits = Visits()

  /// What came so far.
  package var totals: DoorTotals { visits.totals }

  package init(
    _ respondent: any Respondent, _ terms: DoorTerms, directory: HostDirectory = HostDirectory()
  ) {
    self.respondent = respondent
    self.terms = terms
    self.directory = directory
  }

  /// Where to listen.
  package struct Listener: Sendable {
    package var address: String
    /// 0 lets the system choose.
    package var port: UInt16
    /// nil for plain HTTP.
    package var tls: TLSIdentity?

    package init(address: String = "127.0.0.1", port: UInt16 = 0, tls: TLSIdentity? = nil) {
      self.address = address
      self.port = port
      self.tls = tls
    }
  }

  /// Listens for as long as `body` runs.
  ///
  /// - Parameters:
  ///   - listeners: Where; all of them or none.
  ///   - body: Is given the ports, in the order of the listeners.
  package func serve<Result: Sendable>(
    _ listeners: [Listener], _ body: @Sendable ([UInt16]) async throws -> Result
  ) async throws -> Result {
    var bound: [BoundListener] = []
    for listener in listeners { bound.append(try await bind(listener)) }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for (listener, server) in zip(listeners, bound) {
        group.addTask { try await accept(from: server, listener.tls) }
      }
      let result = try await body(bound.map { UInt16($0.channel.localAddress?.port ?? 0) })
      group.cancelAll()
      return result
    }
  }

  private typealias Connection = NIOAsyncChannel<WireRequest, ByteBuffer>
  private typealias BoundListener = NIOAsyncChannel<Connection, Never>

  private func bind(_ listener: Listener) async throws -> BoundListener {
    guard listener.address.hasPrefix("127.") || listener.address == "::1" else {
      throw ListenerError.notLoopback(listener.address)
    }
    let context = listener.tls?.context
    do {
      return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.backlog, value: 4096)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
        .bind(host: listener.address, port: Int(listener.port)) { channel in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
            try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
            try pipeline.addHandler(RequestAssembler())
            return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
          }
        }
    } catch let error as IOError {
      throw ListenerError.refused(
        listener.address, listener.port, String(cString: strerror(error.errnoCode)))
    }
  }

  private func accept(from server: BoundListener, _ tls: TLSIdentity?) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      try await server.executeThenClose { connections in
        for try await connection in connections {
          // What becomes of one connection is nothing to the others.
          group.addTask { try? await answer(connection, tls) }
        }
      }
    }
  }

  private func answer(_ channel: Connection, _ tls: TLSIdentity?) async throws {
    let address = channel.channel.localAddress?.ipAddress
    try await channel.executeThenClose { requests, replies in
      visits.connect()
      var connection: DoorConnection?
      for try await request in requests {
        if connection == nil {
          connection = DoorConnection(
            terms, respondent, over: try await Self.layer(of: channel.channel, tls))
        }
        guard let host = directory.host(request["Host"], at: address) else { return }
        let reaction = await connection?.react(to: request, on: host) {
          terms.fault(host, visits.message(to: host))
        }
        guard let reaction, try await carryOut(reaction, channel.channel, replies) else { return }
      }
    }
  }

  private static func layer(
    of channel: any NIOCore.Channel, _ tls: TLSIdentity?
  ) async throws -> DoorConnection.Layer? {
    guard let tls else { return nil }
    let certificate = try await channel.nioSSL_peerCertificate().get()
    return DoorConnection.Layer(binding: tls.binding, isCertified: certificate != nil)
  }

  /// - Returns: Whether the connection goes on.
  private func carryOut(
    _ reaction: DoorConnection.Reaction, _ channel: any NIOCore.Channel,
    _ replies: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws -> Bool {
    switch reaction {
    case .hangUp: return false
    case .reply(let reply):
      try await replies.write(reply.octets())
      return true
    case .spoilt(let reply, let fault):
      return try await fault.write(reply, to: replies, channel)
    }
  }
}
