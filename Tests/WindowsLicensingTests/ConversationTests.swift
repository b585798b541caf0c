import Execution
import Synchronization
import Testing
import VolumeActivation
import WSMan
import WindowsLicensing

/// What goes to and fro beside a question and its answer.
@Suite struct ConversationTests {
  private static func host(products: Int, pageSize: Int) async throws -> ScriptedHost {
    var table = Fixture.table("10.0.19045")
    let addOn = try #require(table["SoftwareLicensingProduct"]?.first)
    let more = (0..<products).map { number in
      var row = addOn
      row.properties = row.properties.map { property in
        switch property.name.rawValue {
        case "LicenseIsAddon": CIMObject.Property(property.name, true)
        case "ID": CIMObject.Property(property.name, .string("add-on \(number)"))
        default: property
        }
      }
      return row
    }
    table["SoftwareLicensingProduct"]?.append(contentsOf: more)
    let host = try await ScriptedHost(table)
    host.state.withLock { $0.pageSize = pageSize }
    return host
  }

  @Test func `an answer of several pages is pulled to its end`() async throws {
    let host = try await Self.host(products: 5, pageSize: 2)
    let state = try await Fixture.client(of: host).inspect(Fixture.name)
    #expect(state.licensedAddOns.count == 5)
    #expect(host.log.filter { $0 == "Pull" }.count == 2)
    #expect(host.state.withLock { $0.enumerations.isEmpty })
    try await host.stop()
  }

  @Test func `an answer without an end is given up, and the host told`() async throws {
    let host = try await Self.host(products: 100, pageSize: 1)
    let failure = await #expect(throws: LicensingFailure.self) {
      _ = try await Fixture.client(of: host).inspect(Fixture.name)
    }
    #expect(failure == .lost("the host's answer to a query has no end"))
    #expect(host.log.last == "Release")
    #expect(host.state.withLock { $0.enumerations.isEmpty })
    try await host.stop()
  }

  @Test func `a confirmation is deposited with the product that has the key`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host)
    _ = try await client.inspect(Fixture.name)
    try await client.perform(
      .deposit(
        ConfirmationID(rawValue: "123456"), for: InstallationID(rawValue: "654321")),
      on: Fixture.name)
    #expect(
      host.log.suffix(3) == [
        "SoftwareLicensingProduct", "DepositOfflineConfirmationId", "RefreshLicenseStatus",
      ])
    try await host.stop()
  }

  @Test(arguments: [500, 503, 404, 302])
  func `an answer that nobody sealed is believed in nothing`(status: Int) async throws {
    let host = try await ScriptedHost(Fixture.table("6.1.7601"))
    host.react("Activate", .status(status))
    let failure = await #expect(throws: LicensingFailure.self) {
      try await Fixture.client(of: host).perform(.activate, on: Fixture.name)
    }
    guard case .lost = failure else {
      Issue.record("\(String(describing: failure)) is not lost")
      return
    }
    #expect(host.log.filter { $0 == "Activate" }.count == 1)
    try await host.stop()
  }

  @Test func `a call that is given up closes its connection, and the next one works`()
    async throws
  {
    let host = try await ScriptedHost(Fixture.table("6.1.7601"))
    host.react("Activate", .silence)
    let client = Fixture.client(of: host)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        let failure = await #expect(throws: LicensingFailure.self) {
          try await client.perform(.activate, on: Fixture.name)
        }
        #expect(failure == .lost("no whole reply came: the call was given up"))
      }
      while !host.log.contains("Activate") { try await Task.sleep(for: .milliseconds(2)) }
      group.cancelAll()
    }
    while !host.state.withLock({ $0.open.isEmpty }) { try await Task.sleep(for: .milliseconds(2)) }
    host.react("Activate", .result(0))
    try await client.perform(.activate, on: Fixture.name)
    #expect(host.state.withLock { $0.connections } == 2)
    try await host.stop()
  }

  // MARK: Connections that nobody uses

  private static func looks(_ client: WindowsClient, at hosts: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<hosts {
        group.addTask {
          _ = try await client.inspect(HostName(folded: "pc\(number).muster.test"))
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `no more connections are kept than was said`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host, connections: 5)
    try await Self.looks(client, at: 40)
    #expect(host.state.withLock { $0.connections } == 40)
    // Who is at the other end learns of it a moment later.
    while host.state.withLock({ $0.open.count }) > 5 { try await Task.sleep(for: .milliseconds(2)) }
    try await host.stop()
  }

  @Test func `a host whose connection is being closed is reached over another one`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host, connections: 1)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask {
          for turn in 0..<20 {
            let name = HostName(folded: "pc\((task + turn) % 6).muster.test")
            _ = try await client.inspect(name)
          }
        }
      }
      try await group.waitForAll()
    }
    try await host.stop()
  }

  @Test func `what nobody uses is closed in time, without anybody's call`() async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(of: host, patience: .seconds(6))
    try await Self.looks(client, at: 10)
    while !host.state.withLock({ $0.open.isEmpty }) { try await Task.sleep(for: .milliseconds(2)) }
    _ = try await client.inspect(Fixture.name)
    try await host.stop()
  }
}
