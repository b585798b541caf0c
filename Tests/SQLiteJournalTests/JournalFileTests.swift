import Engine
import Execution
import Foundation
import GRDB
import SQLiteJournal
import Testing

/// What a journal's file refuses, whoever asks.
@Suite struct JournalFileTests {
  private func adopted() throws -> (place: TemporaryJournal, journal: SQLiteJournal) {
    let place = try TemporaryJournal(of: "0.1.0")
    return (place, try place.open(adopt: true))
  }

  @Test(arguments: [
    "UPDATE event SET at = 0", "DELETE FROM event", "DELETE FROM event WHERE seq = 1",
    "UPDATE checkpoint SET state = '{}'", "DELETE FROM checkpoint",
  ])
  func `events and checkpoints are never changed or deleted`(sql: String) throws {
    let place = try TemporaryJournal(of: "0.1.0")
    defer { place.remove() }
    let error = #expect(throws: DatabaseError.self) { try place.edit(sql) }
    #expect(error?.message?.contains("never") == true)
  }

  @Test func `a process that lost its run to another writes nothing more`() async throws {
    let (place, journal) = try adopted()
    defer { place.remove() }
    let before = try await journal.load()
    try place.edit("INSERT INTO epoch(started, owner, version) VALUES(0, 'an intruder', 'test')")
    let batch = JournalBatch(
      events: [Event(at: before.run.now, .finished)], hosts: [], run: before.run)
    let error = await #expect(throws: JournalError.self) { try await journal.commit(batch) }
    #expect(error?.failure == .overtaken(owner: "an intruder"))
    #expect(error?.failure.exitCode == 13)
    #expect(try place.reader().load().lastSequence == before.lastSequence)
  }

  @Test func `one process at a time has the journal, and the other is told which`() async throws {
    let (place, journal) = try adopted()
    defer { place.remove() }
    let error = #expect(throws: JournalError.self) { try place.open(process: 2) }
    guard case .locked(let owner)? = error?.failure else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(owner.contains("process 1 of tester on here"))
    #expect(RunLock.holder(of: place.files.lock)?.process == 1)
    await journal.close(.held)
    #expect(RunLock.holder(of: place.files.lock) == nil)
    try await place.open(process: 2).close(.held)
    #expect(try place.read("SELECT max(ended) IS NOT NULL FROM epoch", as: Bool.self) == true)
  }

  @Test func `a journal that was renamed with its plan stays the same one`() async throws {
    let (place, journal) = try adopted()
    defer { place.remove() }
    await journal.close(.held)
    let (old, new) = (place.files.journal, place.files.journal + ".moved")
    try FileManager.default.moveItem(atPath: old, toPath: new)
    try FileManager.default.moveItem(atPath: new, toPath: old)
    try await place.open().close(.held)
  }

  @Test func `only the owner may read the files of a run`() async throws {
    let (place, journal) = try adopted()
    defer { place.remove() }
    let files = place.files
    for file in [files.journal, files.journal + "-wal", files.journal + "-shm", files.lock] {
      let facts = try FileManager.default.attributesOfItem(atPath: file)
      #expect(facts[.posixPermissions] as? Int == 0o600, "\(file)")
    }
    await journal.close(.held)
  }

  @Test(arguments: [("nfs4", "nfs4"), ("cifs", "cifs"), ("9p", "9p"), ("ext4", nil)])
  func `a file system that machines share is told from a local one`(
    type: String, shared: String?
  ) {
    let mounts = """
      21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      36 21 0:42 / /plans rw,relatime shared:7 - \(type) server:/plans rw,vers=4.2
      """
    #expect(FileSystem.sharedType(device: "0:42", mounts: mounts) == shared)
    #expect(FileSystem.sharedType(device: "8:1", mounts: mounts) == nil)
    #expect(FileSystem.sharedType(device: "9:9", mounts: mounts) == nil)
  }
}
