import Execution
import Foundation
import SQLiteJournal
import Testing
import VolumeActivation

@Suite struct RunLockTests {
  /// A program that is being started has a copy of every descriptor until it runs.
  @Test func `a lock ends with its owner, whoever has a copy of its descriptor`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let owner = RunOwner(
      machine: "here", process: 1, user: "tester", version: "test", since: .init(rawValue: 0))
    do {
      let lock = try RunLock(taking: path, owner: owner)
      #expect(RunLock.holder(of: path) == owner)
      try copyDescriptors(of: path)
      _ = consume lock
    }
    #expect(RunLock.holder(of: path) == nil)
    _ = try RunLock(taking: path, owner: owner)
  }

  /// The copies are closed when the process ends, like those of a child would be.
  private func copyDescriptors(of path: String) throws {
    let copied = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
      .compactMap { Int32($0) }
      .filter {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
      }
      .map { dup($0) }
    try #require(!copied.isEmpty)
  }
}
