import Foundation
import TestCertificates
import TestProgram
import TestRealm
import Testing

/// `muster fleet serve` as a program: where it listens, whom it lets in, and what it refuses.
@Suite struct FleetServeTests {
  /// A folder with the company's inventory and the configuration that a server reads beside it.
  private struct Depot: Workplace {
    let folder: URL
    var muster: MusterProcess

    init() throws {
      folder = try Self.newFolder("muster-depot")
      muster = MusterProcess(folder: folder, environment: ["MUSTER_MAK_B7B7B": Company.mak])
      try write("inventory.csv", Company.inventory)
      try write("hosts.txt", Company.hosts)
      try reach(by: .ntlm, at: 1)
    }

    mutating func takeWay(_ way: Way) throws {
      muster.environment.merge(try way.environment()) { $1 }
    }

    func reach(by way: Way, at port: UInt16) throws {
      let transport = try way.transport(port: port)
      try write("muster.yaml", Company.configuration(transport: transport, policy: [:]))
    }
  }

  private static let users = ["--users", Company.users]
  private static let anywhere = ["--http", "127.0.0.1:0"]

  @Test func `it says where it listens, and ends on SIGTERM with what came to it`() async throws {
    let depot = try Depot()
    defer { depot.remove() }
    let server = try await FleetServer(depot.muster, Self.users + Self.anywhere)
    #expect(server.listeners == ["http 127.0.0.1:\(try server.port())"])
    let ending = await server.end()
    #expect(ending.code == 0 && !ending.wasKilled)
    #expect(
      ending.messages.contains("\(Company.machines.count) hosts behind it"), "\(ending.messages)")
    #expect(ending.messages.contains("0 connections, 0 messages."), "\(ending.messages)")
  }

  @Test func `a fleet in a file goes on in the next process as the last one left it`()
    async throws
  {
    var depot = try Depot()
    defer { depot.remove() }
    try depot.takeWay(.ntlm)
    let file = Self.users + Self.anywhere + ["--file", "company.fleet"]
    let first = try await FleetServer(depot.muster, file)
    try depot.reach(by: .ntlm, at: try first.port())
    for command in [
      ["scan", "hosts.txt", "-o", "scanned.csv"], ["plan", "scanned.csv", "-o", "plan.jsonl"],
      ["apply", "plan.jsonl"],
    ] {
      let ending = try await depot.muster.run(command)
      try #require(ending.code == 0, "\(ending.everything)")
    }
    let totals = await first.end()
    #expect(!totals.messages.contains("0 connections"), "\(totals.messages)")

    let second = try await FleetServer(depot.muster, file)
    try depot.reach(by: .ntlm, at: try second.port())
    let verified = try await depot.muster.run("verify", "plan.jsonl", "--detailed-exitcode")
    #expect(verified.code == 0, "\(verified.everything)")
    _ = await second.end()
  }

  @Test func `each host can have an address of its own`() async throws {
    var depot = try Depot()
    defer { depot.remove() }
    try depot.takeWay(.basicOverHTTPS)
    let server = try await FleetServer(
      depot.muster,
      Self.users + Self.anywhere + [
        "--addresses", "127.83.0.1", "--https", "127.0.0.1:0", "--certificate",
        TestCertificates.shared.fleet.certificates, "--key", TestCertificates.shared.fleet.key,
      ])
    #expect(server.listeners.count == 2 * Company.machines.count)
    var names: [String] = []
    for (number, line) in server.listeners.enumerated() {
      let words = line.split { " :".contains($0) }
      try #require(words.count == 4, "\(line)")
      #expect(words[0] == (number % 2 == 0 ? "http" : "https"))
      #expect(words[1] == "127.83.0.\(number / 2 + 1)")
      if number % 2 == 0 { names.append(String(words[3])) }
    }
    #expect(names == Company.machines.map(\.name).sorted())

    // Who connects to an address and names nobody reaches the host that has it.
    let third = server.listeners[5].split { " :".contains($0) }
    try depot.write(
      "muster.yaml",
      Company.configuration(
        transport: "port: \(third[2]), tls: true, tlsVerification: off, auth: basic, user: bob, "
          + "secret: \"env:MUSTER_PASSWORD\"", policy: [:]))
    try depot.write("third.txt", "\(third[1])\n")
    let ending = try await depot.muster.run("scan", "third.txt", "--verbose")
    #expect(names[2] == "old-01.muster.test")
    #expect(ending.output.contains(",Professional,6.1,7601,"), "\(ending.everything)")
    _ = await server.end()
  }

  @Test(arguments: [
    (["--http", "10.0.0.1:5985"], Int32(64), "is no place to listen"),
    (["--http", "0.0.0.0:5985"], 64, "is no place to listen"),
    (["--https", "192.0.2.1:5986", "--certificate", "c", "--key", "k"], 64, "no place to listen"),
    (["--addresses", "10.20.0.1"], 64, "no address of the loopback"),
    (["--https", "127.0.0.1:0"], 64, "--https needs --certificate and --key"),
    (
      ["--https", "127.0.0.1:0", "--certificate", "nowhere.pem", "--key", "nowhere.key"], 1,
      "nowhere.pem"
    ),
    (
      ["--https", "127.0.0.1:0", "--certificate", "hosts.txt", "--key", "hosts.txt"], 1,
      "hosts.txt: it is no certificate"
    ),
    (["--keytab", "nowhere.keytab"], 1, "nowhere.keytab"),
  ])
  func `what it cannot serve is refused before anybody can connect`(
    arguments: [String], code: Int32, words: String
  ) async throws {
    let depot = try Depot()
    defer { depot.remove() }
    try await expectRefusal(depot, Self.users + arguments, code, words)
  }

  @Test func `a file of users that others can read is refused, and nothing of it is shown`()
    async throws
  {
    let depot = try Depot()
    defer { depot.remove() }
    try depot.write("users", "MUSTER:bob:\(TestRealm.password)\n")
    let path = depot.folder.appending(path: "users").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    try await expectRefusal(depot, ["--users", "users"] + Self.anywhere, 1, "chmod 600 users")
  }

  private func expectRefusal(
    _ depot: Depot, _ arguments: [String], _ code: Int32, _ words: String
  ) async throws {
    do {
      let server = try await FleetServer(depot.muster, arguments)
      Issue.record("it listens: \(server.listeners)")
      _ = await server.end()
    } catch let failure as FleetServer.Failure {
      #expect(failure.code == code, "\(failure.said)")
      #expect(failure.said.contains(words), "\(failure.said)")
      #expect(!failure.said.contains(TestRealm.password))
    }
  }
}
