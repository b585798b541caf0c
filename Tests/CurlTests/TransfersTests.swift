import Curl
import Testing

@Suite struct TransfersTests {
  private let transfers = Transfers()

  @Test func `a request arrives whole, and its reply comes back`() async throws {
    let server = try await LoopbackServer { request in
      .answer(status: 500, body: "\(request.body.count) octets")
    }
    let long = String(repeating: "ä", count: 40_000)
    let connection = await transfers.open(endpoint(server))
    let reply = try await transfers.send(request(long), on: connection)

    #expect(reply.status == 500)
    #expect(String(decoding: reply.body, as: UTF8.self) == "80000 octets")
    #expect(reply.isOnNewConnection)
    let seen = try #require(server.received.first)
    #expect(seen.head.hasPrefix("POST /wsman HTTP/1.1\r\n"))
    #expect(seen.head.contains("Content-Length: 80000"))
    #expect(!seen.head.contains("Expect"))
    #expect(!seen.head.contains("chunked"))
    try await server.stop()
  }

  @Test func `requests of one host share its connection`() async throws {
    let server = try await LoopbackServer { _ in .answer(status: 200, body: "") }
    let connection = await transfers.open(endpoint(server))
    var isNew: [Bool] = []
    for _ in 0..<3 {
      isNew.append(try await transfers.send(request(), on: connection).isOnNewConnection)
    }
    #expect(isNew == [true, false, false])
    #expect(server.received.map(\.connection) == [1, 1, 1])
    try await server.stop()
  }

  @Test func `two hosts never share a connection, though one machine answers for both`()
    async throws
  {
    let server = try await LoopbackServer { _ in .answer(status: 200, body: "") }
    for host in ["a.example", "b.example"] {
      let connection = await transfers.open(endpoint(server, host: host))
      let reply = try await transfers.send(request(), on: connection)
      #expect(reply.isOnNewConnection)
    }
    #expect(server.received.map(\.connection) == [1, 2])
    try await server.stop()
  }

  @Test func `a connection begins anew, though another one to the same host is left`() async throws
  {
    let server = try await LoopbackServer { _ in .answer(status: 200, body: "") }
    for _ in 0..<2 {
      let connection = await transfers.open(endpoint(server))
      #expect(try await transfers.send(request(), on: connection).isOnNewConnection)
    }
    #expect(server.received.map(\.connection) == [1, 2])
    try await server.stop()
  }

  @Test func `a connection that nobody uses is closed after some time`() async throws {
    let server = try await LoopbackServer { _ in .answer(status: 200, body: "") }
    let impatient = Transfers(patience: .milliseconds(50))
    let connection = await impatient.open(endpoint(server))
    _ = try await impatient.send(request(), on: connection)
    while server.open > 0 { try await Task.sleep(for: .milliseconds(2)) }
    await #expect(throws: TransferError.connectionGone) {
      try await impatient.send(request(needsConnection: true), on: connection)
    }
    #expect(try await impatient.send(request(), on: connection).isOnNewConnection)
    try await server.stop()
  }

  @Test func `a server that executes and hangs up gets each request once`() async throws {
    let server = try await LoopbackServer { request in
      request.number == 1 ? .answer(status: 200, body: "") : .hangUp
    }
    let connection = await transfers.open(endpoint(server))
    _ = try await transfers.send(request("first"), on: connection)
    await #expect(throws: TransferError.self) {
      try await transfers.send(request("Activate"), on: connection)
    }
    let bodies = server.received.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies == ["first", "Activate"])
    try await server.stop()
  }

  @Test func `a request that was sent and got no answer may have been executed`() async throws {
    let server = try await LoopbackServer { _ in .hangUp }
    let connection = await transfers.open(endpoint(server))
    do {
      _ = try await transfers.send(request(), on: connection)
      Issue.record("an answer that nobody gave")
    } catch {
      guard case .lost = error else {
        Issue.record("\(error)")
        return
      }
    }
    #expect(server.received.count == 1)
    try await server.stop()
  }

  @Test func `what needs the connection that is there is not sent over another`() async throws {
    let server = try await LoopbackServer { _ in .answerAndClose(body: "bye") }
    let connection = await transfers.open(endpoint(server))
    _ = try await transfers.send(request("handshake"), on: connection)
    // The close travels to us; libcurl looks for it before it uses the connection again.
    var error: TransferError?
    for _ in 0..<50 where error == nil {
      do {
        _ = try await transfers.send(request("sealed", needsConnection: true), on: connection)
      } catch let caught {
        error = caught
      }
    }
    #expect(server.received.map { String(decoding: $0.body, as: UTF8.self) }.last != nil)
    #expect(Set(server.received.map(\.connection)) == [1])
    #expect(error != nil)
    try await server.stop()
  }

  @Test func `giving a host up cuts off no other that got the number of its socket`() async throws {
    let server = try await LoopbackServer { request in
      request.connection == 1 ? .answerAndClose(body: "bye") : .answer(status: 200, body: "")
    }
    let gone = await transfers.open(endpoint(server, host: "a.example"))
    _ = try await transfers.send(request(), on: gone)
    // libcurl finds the connection closed, and closes its own end.
    await #expect(throws: TransferError.self) {
      for _ in 0..<50 { _ = try await transfers.send(request(needsConnection: true), on: gone) }
    }
    let alive = await transfers.open(endpoint(server, host: "b.example"))
    _ = try await transfers.send(request(), on: alive)
    await transfers.close(gone)
    let reply = try await transfers.send(request(needsConnection: true), on: alive)
    #expect(!reply.isOnNewConnection)
    try await server.stop()
  }

  @Test func `nobody listens, so nothing was sent`() async throws {
    let dead = try DeadPort(.closed)
    let connection = await transfers.open(
      Endpoint(scheme: .http, host: "127.0.0.1", port: dead.port))
    do {
      _ = try await transfers.send(request(), on: connection)
      Issue.record("an answer from nobody")
    } catch {
      guard case .unreachable = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func `a name that does not resolve says so`() async throws {
    let connection = await transfers.open(
      Endpoint(scheme: .http, host: "nobody.invalid", port: 5985))
    await #expect(throws: TransferError.unreachable("Couldn't resolve host name")) {
      try await transfers.send(request(), on: connection)
    }
  }

  @Test func `a reply is given up when it grows beyond its bound`() async throws {
    let server = try await LoopbackServer { _ in .flood }
    let connection = await transfers.open(endpoint(server))
    await #expect(throws: TransferError.replyTooLarge(bytes: 100_000)) {
      try await transfers.send(request(), on: connection)
    }
    try await server.stop()
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort",
    "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "no HTTP at all\r\n\r\n",
    "HTTP/1.1 200 OK\r\n"
      + String(repeating: "X: \(String(repeating: "y", count: 900))\r\n", count: 90),
  ])
  func `a reply that lies is an error`(reply: String) async throws {
    let server = try await LoopbackServer { _ in .raw(reply) }
    let connection = await transfers.open(endpoint(server))
    await #expect(throws: TransferError.self) {
      try await transfers.send(request(), on: connection)
    }
    try await server.stop()
  }

  @Test func `a task that is cancelled gives its transfer up`() async throws {
    let server = try await LoopbackServer { _ in .fallSilent }
    let connection = await transfers.open(endpoint(server))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [transfers] in
        await #expect(throws: TransferError.lost("the call was given up")) {
          try await transfers.send(request(), on: connection)
        }
      }
      while server.received.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
      group.cancelAll()
      try await group.waitForAll()
    }
    // The connection can be used again.
    try await server.stop()
  }

  @Test func `redirects are not followed, nor are challenges answered`() async throws {
    let server = try await LoopbackServer { request in
      .raw(
        "HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nwww-authenticate: Basic realm=\"W\"\r\n"
          + "Location: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    }
    let connection = await transfers.open(endpoint(server))
    let reply = try await transfers.send(request(), on: connection)
    #expect(reply.status == 401)
    #expect(reply.values(of: "WWW-Authenticate") == ["Negotiate", "Basic realm=\"W\""])
    #expect(server.received.count == 1)
    try await server.stop()
  }

  @Test func `five hundred hosts at once, on one thread`() async throws {
    let server = try await LoopbackServer { request in
      .answer(status: 200, body: String(decoding: request.body, as: UTF8.self))
    }
    let replies = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<500 {
        group.addTask { [transfers] in
          let connection = await transfers.open(endpoint(server, host: "h\(number).example"))
          let reply = try await transfers.send(request("\(number)"), on: connection)
          await transfers.close(connection)
          return String(decoding: reply.body, as: UTF8.self)
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(replies.count == 500)
    #expect(Set(server.received.map(\.connection)).count == 500)
    try await server.stop()
  }
}

private func endpoint(_ server: LoopbackServer, host: String = "127.0.0.1") -> Endpoint {
  Endpoint(
    scheme: .http, host: host, port: server.port,
    address: Endpoint.Address(host: "127.0.0.1", port: server.port))
}

private func request(_ text: String = "hello", needsConnection: Bool = false) -> HTTPRequest {
  HTTPRequest(
    path: "/wsman", headers: [HTTPField("Content-Type", "application/soap+xml;charset=UTF-8")],
    body: Array(text.utf8), needsConnection: needsConnection,
    limits: HTTPRequest.Limits(
      connect: .seconds(5), total: .seconds(20), silence: .seconds(20), replyBytes: 100_000))
}
