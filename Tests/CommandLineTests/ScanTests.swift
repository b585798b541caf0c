import Foundation
import TestProgram
import Testing

/// `muster scan` on a simulated fleet, whole and cut off.
@Suite(.serialized) struct ScanTests {
  /// A company whose fleet is there, with a list of all its hosts.
  private struct Scanned {
    let office: Office
    let names: [String]
    /// One that nobody knows.
    static let ghost = "ghost.corp.example"

    init(policy: String = "") async throws {
      office = try Office(policy: policy)
      names = try office.read("inventory.csv").split(separator: "\n").dropFirst()
        .map { String($0.prefix { $0 != "," }) }
      try office.write("hosts.txt", list)
      #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
      // A look at the plan's hosts makes the fleet, whose clients are on their MAKs still.
      #expect(try await office.muster.run("verify", "plan.jsonl").code == 0)
    }

    /// The hosts with their site, the last one first, and one that is not there.
    var list: String {
      ([Self.ghost] + names.reversed()).map { "\($0), hq\n" }.joined()
    }

    /// Lets the fleet's clock run slowly, so that a scan can be met in the middle.
    func slowDown() throws {
      let text = try office.read("muster.yaml").replacing("speed: 2000,", with: "speed: 10,")
      try office.write("muster.yaml", text)
    }

    func scan() async throws -> MusterProcess.Ending {
      try await office.muster.run("scan", "hosts.txt", "-o", "scanned.csv")
    }

    /// The whole lines of a file below its header; none while it is not there.
    func rows(of name: String) -> [String] {
      guard let text = try? office.read(name) else { return [] }
      return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().dropFirst()
        .map(String.init)
    }

    /// Starts a scan and sends it a signal when so many hosts have been read.
    func stop(after count: Int, _ signal: Int32) async throws -> MusterProcess.Ending {
      let running = try office.muster.start(["scan", "hosts.txt", "-o", "scanned.csv"])
      let isMet = try await running.runs(until: {
        rows(of: "scanned.csv.partial").count >= count
      })
      #expect(isMet)
      running.send(signal)
      return await running.ending()
    }

    func expectWhole(_ ending: MusterProcess.Ending) {
      #expect(ending.code == 11, "\(ending.everything)")
      #expect(ending.messages.contains("38 hosts read, 1 could not be read."), "\(ending.messages)")
      #expect(
        rows(of: "scanned.csv").map { String($0.prefix { $0 != "," }) }
          == [Self.ghost] + names.reversed())
      #expect(!office.files.contains("scanned.csv.partial"))
    }
  }

  @Test func `a scan's inventory has every host of the list in its order, and can be planned`()
    async throws
  {
    let scanned = try await Scanned()
    defer { scanned.office.remove() }
    let ending = try await scanned.scan()
    scanned.expectWhole(ending)
    #expect(ending.messages.contains("ghost.corp.example: the host does not resolve"))
    let ghost = try #require(scanned.rows(of: "scanned.csv").first)
    #expect(ghost.hasSuffix(",unreachable,ghost.corp.example does not resolve"), "\(ghost)")
    let plan = try await scanned.office.muster.run("plan", "scanned.csv", "-o", "again.jsonl")
    #expect(plan.code == 0, "\(plan.everything)")
    #expect(!plan.everything.contains("means nothing to Muster"), "\(plan.everything)")
    let shown = try await scanned.office.muster.run("show", "again.jsonl", "--host", Scanned.ghost)
    #expect(shown.output.words.contains("could not be read by the last scan"), "\(shown.output)")
    let migrated = try scanned.office.read("again.jsonl").split(separator: "\n")
      .count { $0.contains(#""action":"migrate""#) }
    #expect(migrated == scanned.names.count)
  }

  @Test func `the list may come on standard input, and the inventory go to standard output`()
    async throws
  {
    let scanned = try await Scanned()
    defer { scanned.office.remove() }
    var muster = scanned.office.muster
    muster.input = "\u{FEFF}# two of them\n\nws-002.corp.example,hq\r\nWS-001.corp.example\n"
    let ending = try await muster.run("scan", "-", "--verbose")
    #expect(ending.code == 0, "\(ending.messages)")
    let lines = ending.output.split(separator: "\n")
    #expect(
      lines.dropFirst().map { $0.prefix(23) } == [
        "ws-002.corp.example,hq,", "ws-001.corp.example,,En",
      ])
    #expect(
      ending.messages.contains("host=ws-001.corp.example [muster] look: done"),
      "\(ending.messages)")
  }

  @Test func `a scan that is killed goes on from there`() async throws {
    let scanned = try await Scanned(policy: "  concurrency: 2")
    defer { scanned.office.remove() }
    try scanned.slowDown()
    let ending = try await scanned.stop(after: 9, SIGKILL)
    #expect(ending.wasKilled)
    #expect(!scanned.office.files.contains("scanned.csv"))
    let kept = scanned.rows(of: "scanned.csv.partial")
    // What a power failure leaves of a line is none.
    let partial = try scanned.office.read("scanned.csv.partial")
    try scanned.office.write("scanned.csv.partial", partial + "ws-00")

    let read = kept.filter { !$0.contains("unreachable") }
    #expect(read.count < kept.count)
    let resumed = try await scanned.scan()
    scanned.expectWhole(resumed)
    #expect(
      resumed.messages.contains(
        "Going on from an earlier scan: \(read.count) hosts of 39 had been read."),
      "\(resumed.messages)")
    #expect(Set(read).isSubset(of: scanned.rows(of: "scanned.csv")))
  }

  @Test func `a scan that is interrupted keeps what it read, and says so`() async throws {
    let scanned = try await Scanned(policy: "  concurrency: 2")
    defer { scanned.office.remove() }
    try scanned.slowDown()
    let ending = try await scanned.stop(after: 5, SIGINT)
    #expect(ending.code == 130)
    #expect(ending.messages.contains("interrupted; the same command goes on from there."))
    #expect(!scanned.office.files.contains("scanned.csv"))
    #expect(scanned.rows(of: "scanned.csv.partial").allSatisfy { !$0.contains("cancelled") })
    scanned.expectWhole(try await scanned.scan())
  }

  @Test func `what was read a day ago, or for another site, is read again`() async throws {
    let scanned = try await Scanned()
    defer { scanned.office.remove() }
    scanned.expectWhole(try await scanned.scan())
    let text = try scanned.office.read("scanned.csv")
    let seen = try #require(text.firstMatch(of: #/20\d\d-\d\d-\d\dT[0-9:]+Z/#)).output
    var lines = text.split(separator: "\n").map(String.init)
    lines[2].replace(#/20\d\d-\d\d-\d\dT[0-9:]+Z/#, with: "2020-01-01T00:00:00Z")
    lines[3].replace(",hq,", with: ",lyon,")
    #expect(lines[4].contains(seen.prefix(10)))
    try scanned.office.write("scanned.csv.partial", lines[0...4].joined(separator: "\n") + "\n")
    let again = try await scanned.scan()
    scanned.expectWhole(again)
    #expect(again.messages.contains("Going on from an earlier scan: 1 host of 39 had been read."))
    #expect(!(try scanned.office.read("scanned.csv")).contains("2020-01-01"))
  }

  @Test func `only who could not be read is read again when that is asked for`() async throws {
    let scanned = try await Scanned()
    defer { scanned.office.remove() }
    func silence(until end: Int) throws {
      try scanned.office.edit(
        "corp.fleet",
        "UPDATE host SET silentUntil = \(end) WHERE name = 'ws-003.corp.example'")
    }
    try silence(until: 9_000_000_000_000)
    let first = try await scanned.scan()
    #expect(first.code == 11)
    #expect(first.messages.contains("2 hosts did not answer and will be asked again."))
    #expect(first.messages.contains("37 hosts read, 2 could not be read."), "\(first.messages)")
    #expect(first.messages.contains("The same command with --unread reads those alone."))

    try silence(until: 0)
    // However old the others are, they are kept.
    let old = try scanned.office.read("scanned.csv")
      .replacing(#/20\d\d-\d\d-\d\dT[0-9:]+Z/#, with: "2020-01-01T00:00:00Z")
    try scanned.office.write("scanned.csv", old)
    let ending = try await scanned.office.muster.run(
      "scan", "hosts.txt", "-o", "scanned.csv", "--unread")
    scanned.expectWhole(ending)
    #expect(ending.messages.contains("37 hosts of 39 had been read."), "\(ending.messages)")
    let new = scanned.rows(of: "scanned.csv").filter { !$0.contains("2020-01-01T00:00:00Z") }
    #expect(new.count == 2)
    #expect(new.contains { $0.hasPrefix("ws-003.corp.example,hq,Enterprise") })
  }

  @Test func `what was joined to an inventory is not lost to a scan of the unread`() async throws {
    let office = try await Scanned().office
    defer { office.remove() }
    let before = try office.read("inventory.csv")
    let ending = try await office.muster.run(
      "scan", "hosts.txt", "-o", "inventory.csv", "--unread")
    #expect(ending.code == 1)
    #expect(ending.messages.contains("its columns are not those that a scan writes"))
    #expect(try office.read("inventory.csv") == before)
    #expect(try await office.muster.run("scan", "hosts.txt", "--unread").code == 64)
  }

  @Test func `two scans do not write one file, and no other file is taken for a scan's`()
    async throws
  {
    let scanned = try await Scanned()
    defer { scanned.office.remove() }
    try scanned.office.write("scanned.csv.partial", "my notes\n")
    let foreign = try await scanned.scan()
    #expect(foreign.code == 1)
    #expect(foreign.messages.contains("it is no partial inventory of this version"))
    #expect(try scanned.office.read("scanned.csv.partial") == "my notes\n")

    let path = scanned.office.folder.appending(path: "scanned.csv.partial").path
    let descriptor = open(path, O_RDWR)
    #expect(flock(descriptor, LOCK_EX) == 0)
    let locked = try await scanned.scan()
    close(descriptor)
    #expect(locked.code == 13)
    #expect(locked.messages.contains("another scan writes it"))
  }

  @Test(arguments: [
    ("10.0.0.0/24\n", "hosts.txt:1: “10.0.0.0/24” is a range of addresses"),
    ("pc01\n\npc 02\n", "hosts.txt:3: “pc 02” is not a host name"),
    ("pc01,hq\nPC01,lyon\n", "hosts.txt:2: pc01 stands in line 1 with another site"),
    ("# nobody\n", "hosts.txt: it names no host"),
  ])
  func `a list that is none gets its line`(list: String, words: String) async throws {
    let office = try Office()
    defer { office.remove() }
    try office.write("hosts.txt", list)
    let ending = try await office.muster.run("scan", "hosts.txt", "-o", "scanned.csv")
    #expect(ending.code == 1)
    #expect(ending.messages.contains(words), "\(ending.messages)")
    #expect(office.files == ["hosts.txt", "inventory.csv", "muster.yaml"])
  }
}
