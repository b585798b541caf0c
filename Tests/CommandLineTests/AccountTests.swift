import Foundation
import TestProgram
import TestRealm
import Testing

/// Real hosts' configuration on the command line, as far as a KDC alone can tell.
@Suite(.serialized) struct AccountTests {
  private static let wrong = "Wrong-Horse-2!"

  /// An office whose hosts are real ones that nobody reaches.
  private func office(_ transport: String) throws -> Office {
    _ = TestRealm.shared
    var office = try Office()
    let text = try office.read("muster.yaml")
    let keys = text.split(separator: "\n").filter { !$0.hasPrefix("transport:") }
    try office.write(
      "muster.yaml",
      keys.joined(separator: "\n")
        + "\ntransport: {kind: winrm, address: \"127.0.0.1:1\", \(transport)}\n")
    try office.write(
      "hosts.txt", (1...40).map { "pc\($0).muster.test\n" }.joined() + "\(TestRealm.host)\n")
    office.muster.environment["PASSWORD"] = Self.wrong
    return office
  }

  @Test func `a wrong password stops a scan after three hosts, and can be put right`() async throws
  {
    let office = try office("user: alice@MUSTER.TEST, secret: \"env:PASSWORD\"")
    defer { office.remove() }
    let ending = try await office.muster.run(
      "scan", "hosts.txt", "-o", "scanned.csv", "--verbose")
    #expect(ending.code == 1, "\(ending.messages)")
    #expect(
      ending.messages.words.contains(
        "muster: 3 hosts in a row refused the account, and no other one is asked"),
      "\(ending.messages)")
    #expect(ending.messages.words.contains("the password of alice@MUSTER.TEST is wrong"))
    #expect(!office.files.contains("scanned.csv"))
    let partial = try office.read("scanned.csv.partial")
    #expect(partial.split(separator: "\n").count == 4, "\(partial)")
    #expect(!(ending.everything + partial).contains(Self.wrong))
  }

  @Test func `hosts that are not reached are lines of the inventory with the reason`()
    async throws
  {
    var office = try office("user: alice@MUSTER.TEST, secret: \"env:PASSWORD\"")
    defer { office.remove() }
    office.muster.environment["PASSWORD"] = TestRealm.password
    let ending = try await office.muster.run("scan", "hosts.txt", "-o", "scanned.csv")
    #expect(ending.code == 11, "\(ending.messages)")
    let rows = try office.read("scanned.csv").split(separator: "\n").dropFirst()
    #expect(rows.count == 41)
    #expect(rows.prefix(40).allSatisfy { $0.contains("the KDC knows no service HTTP/pc") })
    #expect(rows.last?.contains(",unreachable,") == true)
  }

  @Test func `verification that is off is said at each command`() async throws {
    let office = try office(
      "auth: basic, user: muster, secret: \"env:PASSWORD\", tls: true, tlsVerification: off")
    defer { office.remove() }
    try office.write("hosts.txt", "\(TestRealm.host)\n")
    let ending = try await office.muster.run("scan", "hosts.txt")
    #expect(ending.code == 11, "\(ending.messages)")
    #expect(ending.messages.words.contains("WARNING: tlsVerification is off in muster.yaml"))
  }

  @Test func `a file that is not there is named before any host is asked`() async throws {
    let office = try office("tls: true, ca: nowhere.pem")
    defer { office.remove() }
    let ending = try await office.muster.run("scan", "hosts.txt")
    #expect(ending.code == 1)
    #expect(ending.messages.contains("nowhere.pem cannot be read: No such file or directory"))
  }
}
