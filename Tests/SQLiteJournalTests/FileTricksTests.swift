import Execution
import Foundation
import Glibc
import Planning
import SQLiteJournal
import Testing

/// A folder in which somebody else put files where those of a run belong.
@Suite struct FileTricksTests {
  /// The files of a run, by how their names end.
  private static let files = [".journal", ".lock", ".inbox", ".ballast"]
  private static let treasure = "what has nothing to do with any run\n"

  /// A file that must stay as it is, beside a run that was taken up once.
  private func treasure(in place: TemporaryJournal) throws -> URL {
    let file = URL(filePath: place.files.plan).deletingLastPathComponent()
      .appending(path: "treasure")
    try Data(Self.treasure.utf8).write(to: file)
    chmod(file.path, 0o644)
    return file
  }

  private func expectUntouched(_ file: URL) throws {
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.treasure)
    let facts = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(facts[.posixPermissions] as? Int == 0o644)
  }

  /// Takes the run up and everything else that makes files.
  private func use(_ place: TemporaryJournal) async throws {
    let journal = try place.open(adopt: true)
    _ = try SQLiteInbox(files: place.files, plan: place.plan.digest)
    await journal.close(.held)
  }

  @Test(arguments: files, [true, false])
  func `a link in the place of a file leads nowhere`(file: String, isSymbolic: Bool) async throws {
    let place = try TemporaryJournal(of: "0.1.0")
    defer { place.remove() }
    let treasure = try treasure(in: place)
    let planted = place.files.plan + file
    unlink(planted)
    #expect((isSymbolic ? symlink : link)(treasure.path, planted) == 0)
    do {
      try await use(place)
      // A run goes on without the room that is kept for a full disk.
      #expect(file == ".ballast")
    } catch let error as JournalError {
      let words = isSymbolic ? "is a symbolic link" : "has another name too (a hard link)"
      #expect(error.failure == .foreign(words) && error.file == planted)
      #expect(error.failure.exitCode == 1)
    }
    try expectUntouched(treasure)
  }

  @Test(arguments: ["-wal", "-shm"])
  func `SQLite follows no link to its own files`(file: String) async throws {
    let place = try TemporaryJournal(of: "0.1.0")
    defer { place.remove() }
    let treasure = try treasure(in: place)
    symlink(treasure.path, place.files.journal + file)
    await #expect(throws: JournalError.self) { try await use(place) }
    try expectUntouched(treasure)
  }

  @Test func `an estate is no link either`() throws {
    let place = try TemporaryJournal(of: "0.1.0")
    defer { place.remove() }
    let treasure = try treasure(in: place)
    let planted = place.files.plan + ".estate"
    symlink(treasure.path, planted)
    let error = #expect(throws: EstateError.self) { try SQLiteEstate(path: planted) }
    #expect(error?.description.contains("is a symbolic link") == true)
    try expectUntouched(treasure)
  }

  @Test func `a file of somebody else is told from one's own`() {
    func flaw(_ owner: UInt32, _ mode: UInt32 = S_IFREG | 0o600, links: UInt = 1) -> FileFlaw? {
      FileFlaw(mode: mode, links: nlink_t(links), owner: owner, for: 1000)
    }
    #expect(flaw(1000) == nil)
    #expect(flaw(0) == nil)
    #expect(flaw(1001) == .foreignOwner(1001))
    #expect(flaw(1000, S_IFIFO | 0o600) == .noFile)
    #expect(flaw(1000, links: 2) == .otherNames)
    #expect(FileFlaw.foreignOwner(1001).words == "belongs to another user (uid 1001)")
  }

  @Test func `what a lock says of its holder is not shown where a terminal would obey it`() throws {
    let place = try TemporaryJournal(of: "0.1.0")
    defer { place.remove() }
    let owner = RunOwner(
      machine: "here\u{9B}2J", process: 7, user: "tester", version: "test",
      since: TemporaryJournal.now)
    let lock = try RunLock(taking: place.files.lock, owner: owner)
    let shown = try #require(RunLock.holder(of: place.files.lock)).description
    #expect(!shown.unicodeScalars.contains("\u{9B}"))
    #expect(shown.contains("an unknown user"))
    extend(lock)
  }

  /// Keeps a lock until here.
  private func extend(_ lock: borrowing RunLock) {}
}
