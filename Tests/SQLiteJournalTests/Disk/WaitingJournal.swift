import Dispatch
import Engine
import Execution
import FaultyDisk
import Foundation
import Planning
import SQLiteJournal
import Synchronization
import VolumeActivation

/// A journal's file under a run in virtual time, which waits on its thread while the file is at work;
/// and somebody who makes room on its disk when the run has asked for some three times.
final class WaitingJournal: Journal {
  private struct Count {
    var commits = 0
    var refusals = 0
    var asked = 0
  }

  private let journal: SQLiteJournal
  private let disk: FaultyDisk
  private let ballast: String
  /// The commit before which the disk fills up.
  private let fullBefore: Int
  /// What giving the ballast up brings.
  private let reserve: Int
  private let count = Mutex(Count())

  init(
    _ journal: SQLiteJournal, files: RunFiles, on disk: FaultyDisk, fullBefore: Int, reserve: Int
  ) {
    self.journal = journal
    self.disk = disk
    ballast = files.ballast
    self.fullBefore = fullBefore
    self.reserve = reserve
  }

  /// How many commits were refused for want of room.
  var refusals: Int { count.withLock { $0.refusals } }

  /// Whether a commit was refused, and nobody has made room since.
  var isFull: Bool { count.withLock { $0.refusals > 0 && $0.asked < 3 } }

  func commit(_ batch: JournalBatch) async throws(JournalError) {
    let number = count.withLock { count in
      count.commits += 1
      return count.commits
    }
    if number == fullBefore { disk.room = 0 }
    let hadBallast = FileManager.default.fileExists(atPath: ballast)
    let journal = journal
    do {
      try Self.wait { try await journal.commit(batch) }.get()
    } catch {
      count.withLock { $0.refusals += 1 }
      if hadBallast, !FileManager.default.fileExists(atPath: ballast) { disk.room = reserve }
      throw JournalError(error, in: ballast)
    }
  }

  func hasRoom() async -> Bool {
    let asked = count.withLock { count in
      count.asked += 1
      return count.asked
    }
    guard asked >= 3 else { return false }
    disk.room = nil
    let journal = journal
    return (try? Self.wait { await journal.hasRoom() }.get()) ?? false
  }

  func load() async throws(JournalError) -> JournalContents {
    try read { try await $0.load() }
  }

  func checkpoint(of host: HostID) async throws(JournalError) -> HostState? {
    try read { try await $0.checkpoint(of: host) }
  }

  func events(after sequence: Int64, limit: Int) async throws(JournalError) -> [StoredEvent] {
    try read { try await $0.events(after: sequence, limit: limit) }
  }

  func reply(to command: CommandID) async throws(JournalError) -> Reply? {
    try read { try await $0.reply(to: command) }
  }

  func close(_ ending: JournalEnding) async {
    let journal = journal
    _ = Self.wait { await journal.close(ending) }
  }

  private func read<Value: Sendable>(
    _ body: @escaping @Sendable (SQLiteJournal) async throws -> Value
  ) throws(JournalError) -> Value {
    let journal = journal
    do {
      return try Self.wait { try await body(journal) }.get()
    } catch {
      throw JournalError(error, in: ballast)
    }
  }

  /// The journal has a thread of its own, so the run's may wait for it.
  private static func wait<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) -> Result<Value, any Error> {
    let answer = Answer<Value>()
    Task.detached(executorPreference: OwnThread.shared) {
      do { answer.put(.success(try await body())) } catch { answer.put(.failure(error)) }
    }
    return answer.get()
  }
}

/// A thread that no test occupies, so that those who wait on theirs wait for somebody.
private final class OwnThread: TaskExecutor {
  static let shared = OwnThread()
  private let queue = DispatchQueue(label: "waiting-journal", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// What one thread waits for and another brings.
private final class Answer<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  func put(_ value: Result<Value, any Error>) {
    result.withLock { $0 = value }
    isThere.signal()
  }

  func get() -> Result<Value, any Error> {
    isThere.wait()
    return result.withLock { $0 } ?? .failure(CancellationError())
  }
}

extension JournalError {
  fileprivate init(_ error: any Error, in file: String) {
    self = error as? JournalError ?? JournalError(.failed("\(error)"), file: file)
  }
}
