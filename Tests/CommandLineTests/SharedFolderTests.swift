import Foundation
import Glibc
import SQLiteJournal
import TestProgram
import Testing

/// The program in a folder in which somebody else put links, and what its processes leave.
@Suite struct SharedFolderTests {
  private static let treasure = "what has nothing to do with Muster\n"

  /// An office with a plan, and a file beside it that must stay as it is.
  ///
  /// - Parameter speed: Of its clock; at 1 a run lasts until it is ended.
  private func office(speed: Int = 2000) async throws -> (office: Office, treasure: String) {
    let office = try Office(speed: speed)
    let planned = try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl")
    try #require(planned.code == 0, "\(planned.messages)")
    try office.write("treasure", Self.treasure)
    return (office, office.folder.appending(path: "treasure").path)
  }

  @Test(arguments: ["plan.jsonl.journal", "plan.jsonl.inbox", "plan.jsonl.lock", "muster.estate"])
  func `a run does not follow a link that stands where a file of its own belongs`(
    name: String
  ) async throws {
    let (office, treasure) = try await office()
    defer { office.remove() }
    symlink(treasure, office.folder.appending(path: name).path)
    let ending = try await office.muster.run("apply", "plan.jsonl")
    #expect(ending.code == 1, "\(ending.everything)")
    #expect(ending.messages.words.contains("is a symbolic link"), "\(ending.messages)")
    #expect(try office.read("treasure") == Self.treasure)
    #expect(try office.deeds().isEmpty)
  }

  @Test func `a scan does not follow a link that stands where its rows belong`() async throws {
    let (office, treasure) = try await office()
    defer { office.remove() }
    // The fleet is made by whoever looks at it first.
    #expect(try await office.muster.run("verify", "plan.jsonl").code == 0)
    try office.write("hosts.txt", "ws-001.corp.example, hq\n")
    symlink(treasure, office.folder.appending(path: "scanned.csv.partial").path)
    let ending = try await office.muster.run("scan", "hosts.txt", "-o", "scanned.csv")
    #expect(ending.code == 1, "\(ending.everything)")
    #expect(ending.messages.words.contains("is a symbolic link"), "\(ending.messages)")
    #expect(try office.read("treasure") == Self.treasure)
  }

  @Test func `a plan that is a link is replaced, and what it led to is left alone`() async throws {
    let (office, treasure) = try await office()
    defer { office.remove() }
    symlink(treasure, office.folder.appending(path: "linked.jsonl").path)
    let planned = try await office.muster.run("plan", "inventory.csv", "-o", "linked.jsonl")
    #expect(planned.code == 0, "\(planned.messages)")
    #expect(try office.read("treasure") == Self.treasure)
    #expect(try office.read("linked.jsonl") == office.read("plan.jsonl"))
  }

  @Test func `a process that holds keys leaves no core behind`() async throws {
    let (office, _) = try await office(speed: 1)
    defer { office.remove() }
    let run = try office.muster.start(["apply", "plan.jsonl"])
    let isWithoutCore = try await run.runs {
      let path = "/proc/\(run.processIdentifier)/limits"
      let limits = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return limits.contains(#/Max core file size +0 +0 +bytes/#)
    }
    #expect(isWithoutCore)
    run.send(SIGINT)
    _ = await run.ending()
  }

  @Test func `a crash says nothing of what stood in memory`() async throws {
    let (office, _) = try await office(speed: 1)
    defer { office.remove() }
    let run = try office.muster.start(["apply", "plan.jsonl"])
    let files = try RunView(folder: office.folder).files
    #expect(try await run.runs { RunLock.holder(of: files.lock) != nil })
    run.send(SIGSEGV)
    let ending = await run.ending()
    #expect(ending.wasKilled && ending.code == SIGSEGV)
    #expect(!ending.messages.contains("Backtracing"), "\(ending.messages)")
  }
}
