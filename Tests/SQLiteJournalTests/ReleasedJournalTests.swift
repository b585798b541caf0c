import Crypto
import Engine
import Execution
import Foundation
import Planning
import SQLiteJournal
import Testing
import VolumeActivation

/// Plans and journals that released versions wrote: each is read by this one.
@Suite struct ReleasedJournalTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")
  /// Whatever has a fixture; `Scripts/make-journal-fixture` makes one of the next version.
  static let versions = subpaths.filter { !$0.contains("/") && $0 != sums }

  private static let sums = "SHA256SUMS"
  private static let subpaths =
    (FileManager.default.subpaths(atPath: folder.path) ?? []).sorted()

  @Test func `no fixture was altered, added or taken away unseen`() throws {
    let kept = try String(contentsOf: Self.folder.appending(path: Self.sums), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let files = Self.subpaths.filter { $0.contains("/") }
    #expect(files.count >= 6)
    let found = try files.map { file in
      let hash = SHA256.hash(data: try Data(contentsOf: Self.folder.appending(path: file)))
      let digits = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      return "\(digits)  \(file)"
    }
    #expect(Set(found) == Set(kept))
  }

  @Test(arguments: versions)
  func `a journal of a released version is read, played again and gone on with`(
    version: String
  ) async throws {
    let place = try TemporaryJournal(of: version)
    defer { place.remove() }
    let before = try place.reader().load()
    let words = Dictionary(grouping: before.hosts, by: \.phase.word).mapValues(\.count)
    #expect(words == place.phases)
    #expect(before.epoch > 3)
    #expect(before.run.tuning == Tuning(concurrency: 4, failureBudget: .percent(60)))
    #expect(before.run.waves[0].approved)
    #expect(before.run.holds.map(\.reason) == [.operatorAsked])
    #expect(before.answered.count > 5)
    // What it decided then, a later version may decide otherwise; but it understands every event.
    let check = try await JournalCheck(of: place.reader(), plan: place.plan)
    #expect(check.events == before.lastSequence)
    for host in before.hosts.indices where before.hosts[host].touched != .nothing {
      let id = HostID(rawValue: UInt32(host))
      let checkpoint = try #require(try place.reader().checkpoint(of: id))
      #expect(checkpoint.partialKey == place.plan.hosts[host].from)
      #expect(checkpoint.computerName == place.plan.hosts[host].name)
    }
    for command in before.answered {
      #expect(try place.reader().reply(to: command) != nil)
    }

    #expect(throws: JournalError.self) { try place.open() }  // it is not where it was written
    let journal = try place.open(adopt: true)
    let after = try await journal.load()
    #expect(after.epoch == before.epoch + 1)
    #expect(after.hosts == before.hosts && after.run == before.run)
    var engine = Engine(restoring: place.plan, hosts: after.hosts, run: after.run)
    let event = Event(at: after.run.now, .started(epoch: after.epoch))
    engine.apply(event)
    let rows = engine.hosts.enumerated().map {
      HostRow(id: HostID(rawValue: UInt32($0)), state: $1)
    }
    try await journal.commit(JournalBatch(events: [event], hosts: rows, run: engine.run))
    #expect(try await journal.load().hosts == engine.hosts)
    await journal.close(.held)
  }
}
