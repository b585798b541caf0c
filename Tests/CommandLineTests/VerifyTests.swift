import Foundation
import TestProgram
import Testing

/// `muster verify` on a fleet that was migrated, and on which somebody laid hand since.
@Suite(.serialized) struct VerifyTests {
  private struct Report: Decodable {
    struct Host: Decodable {
      var name: String
      var finding: String
      var minutesLeft: Int?
      var kmsHost: String?
      var error: String?
    }
    struct KMSHost: Decodable {
      var count: Int?
      var threshold: Int
      var staying: Int
    }
    var format: String
    var hosts: [Host]
    var kmsHosts: [KMSHost]
  }

  private func migrated() async throws -> Office {
    let office = try Office()
    for command in [["plan", "inventory.csv", "-o", "plan.jsonl"], ["apply", "plan.jsonl"]] {
      let ending = try await office.muster.run(command)
      try #require(ending.code == 0, "\(ending.everything)")
    }
    return office
  }

  private func report(_ office: Office) async throws -> Report {
    let ending = try await office.muster.run("verify", "plan.jsonl", "--json")
    return try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
  }

  @Test func `each host has its minutes, its KMS host and what is wrong with it`() async throws {
    let office = try await migrated()
    defer { office.remove() }
    try office.edit(
      "corp.fleet",
      """
      INSERT INTO setting SELECT max(id) + 1, 'kms99.corp.example', 1689 FROM setting;
      UPDATE host SET productSetting = (SELECT max(id) FROM setting)
        WHERE name = 'ws-001.corp.example';
      UPDATE host SET ends = ends - 10 * 86400000 WHERE name = 'ws-002.corp.example';
      UPDATE host SET silentUntil = 9000000000000 WHERE name = 'ws-003.corp.example';
      """)
    let report = try await report(office)
    #expect(report.format == "muster-verify/1")
    let hosts = Dictionary(uniqueKeysWithValues: report.hosts.map { ($0.name, $0) })
    let other = try #require(hosts["ws-001.corp.example"])
    #expect(other.finding == "pointsElsewhere")
    #expect(other.kmsHost == "kms99.corp.example:1689")
    let late = try #require(hosts["ws-002.corp.example"])
    #expect(late.finding == "notRenewing")
    #expect((160 * 24 * 60..<172 * 24 * 60).contains(try #require(late.minutesLeft)))
    let silent = try #require(hosts["ws-003.corp.example"])
    #expect(silent.finding == "unreachable")
    #expect(silent.error?.contains("ws-003.corp.example") == true)
    let fine = try #require(hosts["ws-004.corp.example"])
    #expect(fine.finding == "licensedByKMS")
    #expect(fine.kmsHost == "kms01.corp.example")
    #expect((172 * 24 * 60...180 * 24 * 60).contains(try #require(fine.minutesLeft)))
    #expect(report.kmsHosts.map(\.threshold) == [25])
    #expect(report.kmsHosts.map(\.staying) == [37])

    let shown = try await office.muster.run("verify", "plan.jsonl", "--detailed-exitcode")
    #expect(shown.code == 2)
    #expect(shown.output.contains("asks another KMS host than planned"), "\(shown.output)")
    #expect(shown.output.contains("holds"), "\(shown.output)")
    #expect(shown.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `the count is held against the threshold of those who stay`() async throws {
    let office = try await migrated()
    defer { office.remove() }
    let clients = (1...32).flatMap { ["--host", String(format: "ws-%03d.corp.example", $0)] }
    let back = try await office.muster.run(["rollback", "plan.jsonl"] + clients)
    try #require(back.code == 0, "\(back.everything)")
    let report = try await report(office)
    #expect(report.kmsHosts.map(\.threshold) == [5])
    #expect(report.kmsHosts.map(\.staying) == [6])
    #expect(report.hosts.count { $0.finding == "onOldKey" } == 32)
  }
}
