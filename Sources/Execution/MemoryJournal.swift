package import Engine
package import Planning
import Synchronization
package import VolumeActivation

/// A journal that lives as long as the process: for `simulate`, and for tests that crash in it.
///
/// What is committed stays when a run is dropped; the next `reopened()` is a new epoch.
package final class MemoryJournal: Journal {
  private struct Contents {
    var epoch: UInt32 = 1
    var events: [StoredEvent] = []
    var hosts: [HostRun]
    var run: RunState
    var checkpoints: [HostID: HostState] = [:]
    var answers: [CommandID: Reply] = [:]
    var isClosed = false
    /// Commits until one fails with the failure; nil is never.
    var trouble: (commits: Int, failure: JournalFailure)?
  }

  private let contents: Mutex<Contents>

  /// An empty journal of a plan, in its first epoch.
  package init(plan: Plan) {
    let engine = Engine(plan: plan)
    contents = Mutex(Contents(hosts: engine.hosts, run: engine.run))
  }

  /// Lets go of a process that died, as opening a file again would.
  package func reopen() {
    contents.withLock {
      $0.epoch += 1
      $0.isClosed = false
      $0.trouble = nil
    }
  }

  /// Makes every commit fail once `commits` more have succeeded; nil mends it.
  package func fail(after commits: Int, with failure: JournalFailure?) {
    contents.withLock { contents in
      contents.trouble = failure.map { (commits, $0) }
    }
  }

  /// Everything committed, oldest first.
  package var allEvents: [StoredEvent] { contents.withLock { $0.events } }

  package func commit(_ batch: JournalBatch) async throws(JournalError) {
    let failure = contents.withLock { contents -> JournalFailure? in
      precondition(!contents.isClosed, "the journal was let go of")
      if let trouble = contents.trouble {
        guard trouble.commits > 0 else { return trouble.failure }
        contents.trouble = (trouble.commits - 1, trouble.failure)
      }
      for event in batch.events {
        let sequence = Int64(contents.events.count + 1)
        contents.events.append(StoredEvent(event, sequence: sequence, epoch: contents.epoch))
      }
      for row in batch.hosts { contents.hosts[Int(row.id.rawValue)] = row.state }
      for checkpoint in batch.checkpoints where contents.checkpoints[checkpoint.host] == nil {
        contents.checkpoints[checkpoint.host] = checkpoint.state
      }
      for answer in batch.answers { contents.answers[answer.command] = answer.reply }
      contents.run = batch.run
      return nil
    }
    if let failure { throw JournalError(failure, file: "memory") }
  }

  package func load() async throws(JournalError) -> JournalContents {
    contents.withLock { contents in
      JournalContents(
        epoch: contents.epoch, hosts: contents.hosts, run: contents.run,
        answered: Set(contents.answers.keys), lastSequence: Int64(contents.events.count))
    }
  }

  package func checkpoint(of host: HostID) async throws(JournalError) -> HostState? {
    contents.withLock { $0.checkpoints[host] }
  }

  package func events(
    after sequence: Int64, limit: Int
  ) async throws(JournalError) -> [StoredEvent] {
    contents.withLock { contents in
      Array(contents.events.dropFirst(Int(clamping: sequence)).prefix(limit))
    }
  }

  package func reply(to command: CommandID) async throws(JournalError) -> Reply? {
    contents.withLock { $0.answers[command] }
  }

  package func hasRoom() async -> Bool {
    contents.withLock { contents in
      guard case .full? = contents.trouble?.failure, contents.trouble?.commits == 0 else {
        return true
      }
      return false
    }
  }

  package func close(_ ending: JournalEnding) async {
    contents.withLock { $0.isClosed = true }
  }
}
