import Curl
import Foundation
import TestRealm
import Testing
import WSMan
import WSManSession

/// A session, and a host that gives it whatever a test wants.
struct Victim: Sendable {
  let host: ScriptedHost
  private let session: Session

  init() async throws {
    host = try await ScriptedHost(Fixture.table("10.0.19045"))
    session = Session(
      Transfers(),
      to: Endpoint(
        scheme: .http, host: TestRealm.host, port: 5985,
        address: Endpoint.Address(host: "127.0.0.1", port: host.port)),
      authentication: .negotiate(Fixture.kerberos, ScriptedHost.service))
  }

  private static let asked: CIMName = "Win32_OperatingSystem"
  /// What an honest host answers.
  static let truth = ["10.0.19045", "19045"]

  /// Asks one question; nil is answered honestly.
  func ask(_ spoiling: Spoiling?) async throws -> [String] {
    host.react(Self.asked.rawValue, spoiling.map { .spoilt($0) } ?? .result(0))
    let found = try await session.query(WQLQuery(["Version", "BuildNumber"], from: Self.asked))
    return found.flatMap { instance in
      (["Version", "BuildNumber"] as [CIMName]).compactMap { try? instance.string($0) }
    }
  }

  /// Sees that an attack is an error, and that it does not last.
  func check(_ attack: Attack) async throws {
    let error = await #expect(throws: SessionError.self, "\(attack.name)") {
      try await ask(attack.spoiling)
    }
    if case .fault = error { Issue.record("\(attack.name) is taken for a fault") }
    #expect(try await ask(nil) == Self.truth, "\(attack.name)")
  }
}

/// What the kernel says of this process's memory.
enum Memory {
  struct Unknown: Error {}

  /// The most octets that were ever resident.
  static func peak() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = Int(line.filter(\.isNumber))
    else { throw Unknown() }
    return kibibytes << 10
  }
}
