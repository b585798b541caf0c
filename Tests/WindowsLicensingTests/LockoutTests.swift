import Execution
import Negotiate
import TestRealm
import Testing
import VolumeActivation
import WSMan
import WSManSession
import WindowsLicensing

/// What counts towards locking an account, seen from the engine, and what only looks like it.
@Suite struct LockoutTests {
  private static func failure(
    of client: WindowsClient
  ) async -> LicensingFailure? {
    await #expect(throws: LicensingFailure.self) {
      try await client.perform(.activate, on: Fixture.name)
    }
  }

  @Test(arguments: [
    WSManFault(.receiver, .quotaLimit, reason: "too many", codes: [0x8033_81A6]),
    WSManFault(.sender, .accessDenied, reason: "no", codes: [5]),
    WSManFault(.receiver, .timedOut, reason: "late", codes: [0x8033_8029]),
  ])
  func `a host that is busy, careful or slow locks nobody out`(fault: WSManFault) async throws {
    let host = try await ScriptedHost(Fixture.table("6.1.7601"))
    host.react("Activate", .fault(fault, .management))
    let failure = await Self.failure(of: Fixture.client(of: host))
    if case .authentication = failure { Issue.record("\(fault) counts") }
    try await host.stop()
  }

  /// Why Kerberos fails before a password is asked for, and a word of what is said.
  enum Obstacle: CaseIterable {
    case expiredTicket, unknownService, clockSkew

    func credential() throws -> Credential {
      switch self {
      case .expiredTicket: .cache(try Fixture.realm.expiredCache())
      case .unknownService: Fixture.kerberos
      case .clockSkew: .cache(try Fixture.realm.skewedCache())
      }
    }

    var service: ServiceName {
      switch self {
      case .expiredTicket, .clockSkew: ScriptedHost.service
      case .unknownService: ServiceName(host: "nowhere.muster.test")
      }
    }

    var word: String {
      switch self {
      case .expiredTicket: "expired"
      case .unknownService: "HTTP/nowhere.muster.test"
      case .clockSkew: "clocks"
      }
    }
  }

  @Test(arguments: Obstacle.allCases)
  func `a ticket that is of no use is said, and locks nobody out`(obstacle: Obstacle) async throws {
    let host = try await ScriptedHost(Fixture.table("10.0.19045"))
    let client = Fixture.client(
      of: host, .negotiate(try obstacle.credential(), obstacle.service))
    let failure = await Self.failure(of: client)
    guard case .unreachable(let text) = failure else {
      Issue.record("\(String(describing: failure)) is not unreachable")
      return
    }
    #expect(text.contains(obstacle.word))
    #expect(host.log.isEmpty)
    try await host.stop()
  }
}
