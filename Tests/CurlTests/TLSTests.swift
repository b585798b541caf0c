import Curl
import TestCertificates
import Testing

@Suite struct TLSTests {
  private let transfers = Transfers()
  private let certificates = TestCertificates.shared

  private func endpoint(
    _ server: LoopbackServer, host: String = TestCertificates.host,
    authorities: String? = TestCertificates.shared.authority, isVerified: Bool = true,
    client: TestCertificates.Identity? = nil
  ) -> Endpoint {
    Endpoint(
      scheme: .https, host: host, port: server.port,
      address: Endpoint.Address(host: "127.0.0.1", port: server.port),
      trust: Endpoint.Trust(
        authorities: authorities,
        certificate: client.map {
          Endpoint.ClientCertificate(certificate: $0.certificates, key: $0.key)
        },
        isVerified: isVerified))
  }

  /// Sends one request to a server that answers each.
  private func send(
    to server: LoopbackServer, over endpoint: Endpoint
  ) async throws -> HTTPReply {
    let connection = await transfers.open(endpoint)
    return try await transfers.send(request(), on: connection)
  }

  private func answering(_ identity: TestCertificates.Identity) async throws -> LoopbackServer {
    try await LoopbackServer(tls: try identity.server()) { _ in .answer(status: 200, body: "") }
  }

  // MARK: Who is trusted

  @Test(arguments: TestCertificates.Signature.allCases)
  func `a certificate of a named authority is trusted, and shown as it is`(
    signature: TestCertificates.Signature
  ) async throws {
    let identity = certificates.server(signature)
    let server = try await answering(identity)
    let reply = try await send(to: server, over: endpoint(server))
    #expect(reply.status == 200)
    #expect(reply.certificate == identity.der)
    #expect(server.received.first?.certificate == nil)
    try await server.stop()
  }

  @Test func `of a chain, the server's own certificate is shown`() async throws {
    let server = try await answering(certificates.chainedServer)
    let reply = try await send(to: server, over: endpoint(server))
    #expect(reply.certificate == certificates.chainedServer.der)
    try await server.stop()
  }

  @Test(arguments: ["127.0.0.1", "::1", "localhost"])
  func `a certificate may name an address`(host: String) async throws {
    let server = try await answering(certificates.server)
    #expect(try await send(to: server, over: endpoint(server, host: host)).status == 200)
    try await server.stop()
  }

  @Test func `an unknown authority is refused, and what to do is said`() async throws {
    for authorities in [nil, certificates.strangeAuthority] {
      let server = try await answering(certificates.server)
      try await expectUnreachable(
        over: endpoint(server, authorities: authorities), at: server,
        saying: "authority", "CA file")
    }
  }

  @Test func `another name is refused`() async throws {
    let server = try await answering(certificates.server)
    try await expectUnreachable(
      over: endpoint(server, host: "pc02.muster.test"), at: server,
      saying: "for another name than pc02.muster.test")
  }

  @Test func `an expired certificate is refused`() async throws {
    let server = try await answering(certificates.expiredServer)
    try await expectUnreachable(over: endpoint(server), at: server, saying: "expired")
  }

  @Test func `a port that speaks something else is no HTTPS`() async throws {
    let server = try await LoopbackServer(greeting: "220 mail.example ESMTP\r\n") { _ in .hangUp }
    try await expectUnreachable(over: endpoint(server), at: server, saying: "speaks HTTPS")
  }

  @Test func `unverified, anybody is let in`() async throws {
    let server = try await answering(certificates.expiredServer)
    let reply = try await send(
      to: server,
      over: endpoint(server, host: "pc02.muster.test", authorities: nil, isVerified: false))
    #expect(reply.status == 200)
    #expect(reply.certificate == certificates.expiredServer.der)
    try await server.stop()
  }

  // MARK: Who we are

  @Test func `a client certificate arrives`() async throws {
    let tls = try certificates.server.server(lettingIn: certificates.authority)
    let server = try await LoopbackServer(tls: tls) { _ in .answer(status: 200, body: "") }
    let reply = try await send(
      to: server, over: endpoint(server, client: certificates.client))
    #expect(reply.status == 200)
    #expect(server.received.first?.certificate == certificates.client.der)
    try await server.stop()
  }

  @Test func `without the certificate that is demanded nobody gets in`() async throws {
    let tls = try certificates.server.server(lettingIn: certificates.authority)
    let server = try await LoopbackServer(tls: tls) { _ in .answer(status: 200, body: "") }
    await #expect(throws: TransferError.self) { try await send(to: server, over: endpoint(server)) }
    #expect(server.received.isEmpty)
    try await server.stop()
  }

  @Test func `a client certificate that cannot be read says which file it is`() async throws {
    let server = try await answering(certificates.server)
    var broken = certificates.client
    broken.key = certificates.authority
    try await expectUnreachable(
      over: endpoint(server, client: broken), at: server, saying: broken.certificates)
  }

  @Test func `a file of authorities that cannot be read says which file it is`() async throws {
    let server = try await answering(certificates.server)
    let missing = certificates.authority + ".missing"
    try await expectUnreachable(
      over: endpoint(server, authorities: missing), at: server, saying: missing)
  }

  // MARK: Connections

  @Test func `a kept connection is used again, and its certificate is not asked for`()
    async throws
  {
    let server = try await answering(certificates.server)
    let connection = await transfers.open(endpoint(server))
    let first = try await transfers.send(request(), on: connection)
    let second = try await transfers.send(request(needsConnection: true), on: connection)
    #expect(first.isOnNewConnection && !second.isOnNewConnection)
    #expect(second.certificate == nil)
    #expect(server.received.map(\.connection) == [1, 1])
    try await server.stop()
  }

  @Test func `a server that executes and hangs up gets each request once`() async throws {
    let server = try await LoopbackServer(tls: try certificates.server.server()) { request in
      request.number == 1 ? .answer(status: 200, body: "") : .hangUp
    }
    let connection = await transfers.open(endpoint(server))
    _ = try await transfers.send(request("first"), on: connection)
    let failure = await #expect(throws: TransferError.self) {
      try await transfers.send(request("Activate"), on: connection)
    }
    guard case .lost = failure else {
      Issue.record("\(String(describing: failure)) is not lost")
      return
    }
    let bodies = server.received.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies == ["first", "Activate"])
    try await server.stop()
  }

  // MARK: How it is said

  private func expectUnreachable(
    over endpoint: Endpoint, at server: LoopbackServer, saying words: String...
  ) async throws {
    let connection = await transfers.open(endpoint)
    let failure = await #expect(throws: TransferError.self) {
      try await transfers.send(request(), on: connection)
    }
    guard case .unreachable(let text) = failure else {
      Issue.record("\(String(describing: failure)) is not unreachable")
      return
    }
    for word in words { #expect(text.contains(word), "\(text)") }
    #expect(server.received.isEmpty)
    try await server.stop()
  }
}

private func request(_ text: String = "hello", needsConnection: Bool = false) -> HTTPRequest {
  HTTPRequest(path: "/wsman", body: Array(text.utf8), needsConnection: needsConnection)
}
