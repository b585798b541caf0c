import GRDB

/// What really happened to a simulated fleet, read from its file beside whoever drives it.
enum FleetLedger {
  static func read(_ path: String) throws -> [(host: String, byMuster: Bool, spent: Bool)] {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    return try queue.read { db in
      try Row.fetchAll(
        db, sql: "SELECT host, doer = 'muster', spent IS NOT NULL FROM ledger ORDER BY seq"
      ).map { ($0[0], $0[1], $0[2]) }
    }
  }
}
