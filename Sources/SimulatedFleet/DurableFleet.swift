import GRDB
import Synchronization
package import VolumeActivation

/// A fleet in a file: it outlives the process that drives it, and several may drive it at once.
///
/// What a call changes is in the file before the call is answered, so a run that is killed finds
/// the machines as it left them, activations spent and operations under way included. The file
/// survives the death of a process, not that of the machine: nothing is synced.
package final class DurableFleet: FleetHome {
  /// The fleet's time: it goes on while no process is running.
  package let clock: ScaledClock
  private let database: DatabaseQueue
  private let state: Mutex<Copy>

  /// What this process knows of the file.
  fileprivate struct Copy {
    var fleet: SimulatedFleet
    var revision: Int64
    /// Whether a write failed, so that the copy may be ahead of the file.
    var isDoubtful = false
  }

  /// Opens the file, or makes it from `make` when it is new.
  ///
  /// - `speed`: How many times faster than the machine's its clock runs.
  package init(path: String, speed: Double, making make: () throws -> SimulatedFleet) throws {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = OFF")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let (copy, setting) = try queue.writeWithoutTransaction { database in
      var opened: (Copy, ScaledClock.Setting)?
      try database.inTransaction(.immediate) {
        if try !database.tableExists("fleet") {
          try FleetFile.create(database, try make(), speed: speed)
        }
        let setting = try FleetFile.clock(database, speed: speed)
        let (fleet, revision) = try FleetFile.load(database)
        opened = (Copy(fleet: fleet, revision: revision), setting)
        return .commit
      }
      guard let opened else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
      return opened
    }
    database = queue
    clock = ScaledClock(setting)
    state = Mutex(copy)
  }

  package func use<Result>(
    at now: Timestamp, _ body: (inout SimulatedFleet) throws -> Result
  ) throws -> Result {
    var result: Swift.Result<Result, any Error>?
    try state.withLock { copy in
      do {
        try database.writeWithoutTransaction { database in
          try database.inTransaction(.immediate) {
            try copy.refresh(database)
            copy.fleet.advance(to: now)
            result = Swift.Result { try body(&copy.fleet) }
            copy.revision += 1
            try FleetFile.store(database, &copy.fleet, revision: copy.revision)
            return .commit
          }
        }
      } catch {
        copy.isDoubtful = true
        throw error
      }
    }
    guard let result else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
    return try result.get()
  }

  /// What was done on the fleet since it was made, oldest first.
  package func ledger() throws -> [LedgerLine] {
    try database.read { try FleetFile.ledger($0) }
  }
}

extension DurableFleet.Copy {
  /// Takes over what other processes made of the fleet.
  fileprivate mutating func refresh(_ database: Database) throws {
    if isDoubtful {
      (fleet, revision) = try FleetFile.load(database)
      isDoubtful = false
      return
    }
    let latest = try FleetFile.revision(database)
    guard latest != revision else { return }
    try FleetFile.refresh(database, &fleet, since: revision)
    revision = latest
  }
}

/// One line of a durable fleet's ledger.
package struct LedgerLine: Hashable, Sendable {
  package var at: Timestamp
  package var host: HostName
  package var deed: Deed.Kind
  package var by: Deed.Doer
  /// The last characters of the key that was installed.
  package var key: PartialProductKey?
  /// nil when it was carried out.
  package var refused: HRESULT?
  /// The MAK that an activation was taken from.
  package var spent: PartialProductKey?
}
