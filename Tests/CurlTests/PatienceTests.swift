import Curl
import Testing

/// Each phase has its limit, and each limit says what it proves.
@Suite struct PatienceTests {
  private let transfers = Transfers()

  private func failure(
    of scheme: Endpoint.Scheme = .http, port: UInt16, limits: HTTPRequest.Limits
  ) async -> TransferError? {
    let connection = await transfers.open(Endpoint(scheme: scheme, host: "127.0.0.1", port: port))
    let request = HTTPRequest(path: "/wsman", body: Array("hello".utf8), limits: limits)
    return await #expect(throws: TransferError.self) {
      try await transfers.send(request, on: connection)
    }
  }

  private static let quickConnect = HTTPRequest.Limits(
    connect: .milliseconds(200), total: .seconds(60), silence: .seconds(60))

  @Test func `a connection that does not come about is given up, and nothing was sent`()
    async throws
  {
    let hole = try DeadPort(.blackHole)
    let failure = await failure(port: hole.port, limits: Self.quickConnect)
    #expect(failure == .unreachable("no connection came about in 0.2 seconds"))
  }

  @Test func `TLS that does not come about is given up, and nothing was sent`() async throws {
    let server = try await LoopbackServer { _ in .fallSilent }
    let failure = await failure(of: .https, port: server.port, limits: Self.quickConnect)
    #expect(failure == .unreachable("no connection came about in 0.2 seconds"))
    try await server.stop()
  }

  @Test func `a host that is silent for long is given up, and may have executed`() async throws {
    let server = try await LoopbackServer { _ in .fallSilent }
    let limits = HTTPRequest.Limits(total: .seconds(60), silence: .seconds(1))
    let failure = await failure(port: server.port, limits: limits)
    #expect(failure == .lost("1.0 seconds of silence or 60.0 seconds in all are over"))
    #expect(server.received.count == 1)
    try await server.stop()
  }

  @Test func `a host that takes too long in all is given up, and may have executed`() async throws {
    let server = try await LoopbackServer { _ in .fallSilent }
    let limits = HTTPRequest.Limits(total: .milliseconds(200), silence: .seconds(60))
    let failure = await failure(port: server.port, limits: limits)
    #expect(failure == .lost("60.0 seconds of silence or 0.2 seconds in all are over"))
    #expect(server.received.count == 1)
    try await server.stop()
  }
}
