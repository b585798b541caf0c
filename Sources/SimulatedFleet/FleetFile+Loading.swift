import Engine
import Foundation
import GRDB
import VolumeActivation

// Reading a fleet back, whole or what others changed of it.
extension FleetFile {
  static func load(_ database: Database) throws -> (SimulatedFleet, revision: Int64) {
    guard let row = try Row.fetchOne(database, sql: "SELECT * FROM fleet") else {
      throw FleetFileError.damaged
    }
    let kmsHosts: [KMSHostProfile] = try String.fetchAll(
      database, sql: "SELECT profile FROM kmsHost ORDER BY id"
    ).map { try value($0) }
    var profiles: [HostProfile] = []
    var wanted: [KMSSetting] = []
    let rows = try Row.fetchCursor(database, sql: "SELECT profile, wanted FROM host ORDER BY id")
    while let host = try rows.next() {
      profiles.append(try value(host[0]))
      if let setting = host[1] as String? { wanted.append(try value(setting)) }
    }
    let service: ActivationService = try value(row["service"])
    let start = Timestamp(rawValue: row["started"])
    let blueprint = FleetBlueprint(
      profiles: profiles, kmsHosts: kmsHosts, keys: try value(row["keys"]),
      accounts: service.accounts, planned: row["planned"], wanted: wanted, asOf: start)
    var fleet = SimulatedFleet(
      blueprint, seed: UInt64(bitPattern: row["seed"]), faults: try value(row["faults"]),
      tempo: try value(row["tempo"]), startingAt: start)
    _ = fleet.takeChanges()
    try refresh(database, &fleet, since: -1)
    return (fleet, row["revision"])
  }

  static func refresh(
    _ database: Database, _ fleet: inout SimulatedFleet, since revision: Int64
  ) throws {
    guard
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT now, service FROM fleet"))
    else { throw FleetFileError.damaged }
    fleet.now = Timestamp(rawValue: row[0])
    fleet.service = try value(row[1])
    fleet.learn(
      try Row.fetchAll(database.cachedStatement(sql: "SELECT name, port FROM setting ORDER BY id"))
        .map { KMSSetting(name: ($0[0] as String?).flatMap { HostName($0) }, port: $0[1]) })
    let columns = HostColumns.names.joined(separator: ", ")
    let hosts = try Row.fetchCursor(
      database.cachedStatement(sql: "SELECT id, \(columns) FROM host WHERE revision > ?"),
      arguments: [revision])
    while let host = try hosts.next() {
      let values = HostColumns.names.indices.map { host[$0 + 1] as Int64 }
      fleet.replace(host[0], with: try HostColumns.host(values))
    }
    for (place, state) in try String.fetchAll(
      database.cachedStatement(sql: "SELECT state FROM kmsHost ORDER BY id")
    ).enumerated() {
      fleet.replace(kmsHost: place, with: try value(state))
    }
    fleet.replaceOperations(
      try Row.fetchAll(database.cachedStatement(sql: "SELECT * FROM operation ORDER BY id"))
        .map { ($0["id"], try operation($0)) })
  }

  static func ledger(_ database: Database) throws -> [LedgerLine] {
    try Row.fetchAll(
      database, sql: "SELECT at, host, deed, doer, key, refused, spent FROM ledger ORDER BY seq"
    ).map { row in
      guard let host = HostName(row[1] as String), let deed = Deed.Kind(rawValue: row[2]),
        let doer = Deed.Doer(rawValue: row[3])
      else { throw FleetFileError.damaged }
      return LedgerLine(
        at: Timestamp(rawValue: row[0]), host: host, deed: deed, by: doer,
        key: (row[4] as String?).flatMap { PartialProductKey($0) },
        refused: (row[5] as String?).flatMap { HRESULT($0) },
        spent: (row[6] as String?).flatMap { PartialProductKey($0) })
    }
  }

  static func store(_ database: Database, _ operation: Operation, _ ticket: Int) throws {
    guard !operation.isExecuted || !operation.isCollected else {
      try database.cachedStatement(sql: "DELETE FROM operation WHERE id = ?")
        .execute(arguments: [ticket])
      return
    }
    let (first, second): (Int64, Int64) =
      switch operation.action {
      case .setKMS(let slot): (Int64(slot.rawValue), 0)
      case .setKMSHalf(let half, let slot): (Int64(slot.rawValue), half.rawValue)
      case .installKey(let slot): (slot.map { Int64($0.rawValue) } ?? -1, 0)
      case .activate: (0, 0)
      case .deposit(let confirmation, let installation):
        (Int64(bitPattern: confirmation), Int64(bitPattern: installation))
      }
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO operation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      ticket, operation.host, operation.action.deed.rawValue, first, second,
      operation.executesAt?.rawValue, operation.answersAt.rawValue, number(operation.outcome),
      operation.tells, operation.reboots, operation.isExecuted, operation.isCollected,
    ])
  }

  private static func operation(_ row: Row) throws -> Operation {
    let first: Int64 = row["first"]
    let second: Int64 = row["second"]
    guard let deed = Deed.Kind(rawValue: row["deed"]) else { throw FleetFileError.damaged }
    let action: FleetAction =
      switch deed {
      case .setKMS: setting(SettingSlot(rawValue: UInt16(first)), KMSHalf(rawValue: second))
      case .installKey: .installKey(first < 0 ? nil : KeySlot(rawValue: UInt16(first)))
      case .activate: .activate
      case .deposit:
        .deposit(
          confirmation: UInt64(bitPattern: first), installation: UInt64(bitPattern: second))
      }
    return Operation(
      host: row["host"], action: action,
      executesAt: (row["executesAt"] as Int64?).map { Timestamp(rawValue: $0) },
      answersAt: Timestamp(rawValue: row["answersAt"]), outcome: outcome(row["outcome"]),
      tells: row["tells"], reboots: row["reboots"], isExecuted: row["executed"],
      isCollected: row["collected"])
  }

  private static func setting(_ slot: SettingSlot, _ half: KMSHalf?) -> FleetAction {
    half.map { .setKMSHalf($0, slot) } ?? .setKMS(slot)
  }

  /// An outcome as a number: 0 is done, small ones are kinds of silence, others codes.
  private static func number(_ outcome: Outcome) -> Int64 {
    switch outcome {
    case .done: 0
    case .silent(let silence): Int64(silence.rawValue) + 1
    case .refused(let code): Int64(code.rawValue) + 1 << 33
    }
  }

  private static func outcome(_ number: Int64) -> Outcome {
    if number >= 1 << 33 {
      return .refused(HRESULT(rawValue: UInt32(truncatingIfNeeded: number)))
    }
    return number == 0 ? .done : Silence(rawValue: UInt8(number - 1)).map { .silent($0) } ?? .done
  }
}
