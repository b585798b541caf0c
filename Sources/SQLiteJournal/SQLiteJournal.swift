import Engine
package import Execution
import FoundationEssentials
import GRDB
import Glibc
package import Planning
package import VolumeActivation

/// A run's journal in one SQLite file beside the plan, with the lock that makes it ours.
///
/// It runs on a queue of its own: a commit blocks no thread of the run, and is never cancelled.
package actor SQLiteJournal: Journal {
  nonisolated let queue: JournalQueue
  nonisolated package var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  let files: RunFiles
  let database: DatabaseQueue
  let plan: Plan
  /// The incarnation of the run that this process is.
  package nonisolated let epoch: UInt32
  let ballast: Ballast
  private var lock: RunLock?
  /// The number of the last event.
  var lastSequence: Int64
  /// The number of each host's last event; 0 before its first.
  var lastOfHost: [Int64]
  /// What `lastOfHost` held before the commit under way, should it fail.
  var overwritten: [(Int, Int64)] = []
  /// The run as the file has it.
  var storedRun: RunState

  /// Takes the run of a plan: locks it, opens or makes its journal, and begins an epoch.
  ///
  /// - `adopt`: Whether a journal that was copied or restored is taken as it is.
  /// - `now`: The wall clock, for the epoch.
  package init(
    files: RunFiles, plan: Plan, owner: RunOwner, adopt: Bool = false, at now: Timestamp
  ) throws(JournalError) {
    let folder = files.folder
    if let kind = FileSystem.sharedType(at: folder) {
      throw JournalError(.sharedFileSystem(kind), file: files.journal)
    }
    lock = try RunLock(taking: files.lock, owner: owner)
    queue = JournalQueue(label: "muster.journal")
    self.files = files
    self.plan = plan
    ballast = Ballast(path: files.ballast)
    do {
      database = try JournalFile.open(files.journal)
      let file = JournalFile(path: files.journal)
      epoch = try database.writeWithoutTransaction { db in
        try file.takeOver(db, plan: plan, owner: owner, adopt: adopt, at: now)
      }
      (lastSequence, lastOfHost, storedRun) = try database.read { db in
        try JournalFile.position(db, hosts: plan.hosts.count)
      }
    } catch {
      throw JournalError(error, file: files.journal)
    }
    _ = ballast.restore()
  }

  package func hasRoom() -> Bool { ballast.restore() }

  /// Notes how the process left the run, and lets the lock go.
  package func close(_ ending: JournalEnding) {
    // A note for people: a journal that cannot be written any more has said so already.
    try? database.writeWithoutTransaction { db in
      try db.execute(
        literal: """
          UPDATE epoch SET ended = \(storedRun.now.rawValue), ending = \(ending.rawValue)
          WHERE id = \(epoch)
          """)
    }
    try? database.close()
    _ = ballast.release()
    lock = nil
  }
}
