import Engine
import Execution
import Planning
import SimulatedFleet
import Synchronization
import VolumeActivation

/// A journal whose disk takes its time, and has room again when it was asked often enough.
final class SlowJournal: Journal {
  private struct Count {
    var hosts: [Int] = []
    var askedForRoom = 0
  }

  private let memory: MemoryJournal
  private let clock: VirtualClock
  private let delay: Milliseconds
  private let count = Mutex(Count())

  init(_ memory: MemoryJournal, clock: VirtualClock, delay: Milliseconds) {
    self.memory = memory
    self.clock = clock
    self.delay = delay
  }

  /// How many hosts each commit served.
  var hostsOfCommits: [Int] { count.withLock { $0.hosts } }

  func commit(_ batch: JournalBatch) async throws(JournalError) {
    // A commit that has begun ends, whoever is cancelled.
    do { try await clock.sleep(for: delay) } catch {}
    try await memory.commit(batch)
    count.withLock { $0.hosts.append(batch.hosts.count) }
  }

  func hasRoom() async -> Bool {
    let asked = count.withLock { count in
      count.askedForRoom += 1
      return count.askedForRoom
    }
    if asked >= 5 { memory.fail(after: 0, with: nil) }
    return await memory.hasRoom()
  }

  func load() async throws(JournalError) -> JournalContents { try await memory.load() }

  func checkpoint(of host: HostID) async throws(JournalError) -> HostState? {
    try await memory.checkpoint(of: host)
  }

  func events(
    after sequence: Int64, limit: Int
  ) async throws(JournalError) -> [StoredEvent] {
    try await memory.events(after: sequence, limit: limit)
  }

  func reply(to command: CommandID) async throws(JournalError) -> Reply? {
    try await memory.reply(to: command)
  }

  func close(_ ending: JournalEnding) async { await memory.close(ending) }
}
