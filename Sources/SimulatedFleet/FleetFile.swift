import Foundation
import GRDB
import VolumeActivation

/// How a fleet lies in its file: what never changes as JSON, what does as numbers.
enum FleetFile {
  static let format = 1

  static let schema = """
    CREATE TABLE fleet(
      one INTEGER PRIMARY KEY CHECK(one = 1), format INTEGER NOT NULL, revision INTEGER NOT NULL,
      seed INTEGER NOT NULL, started INTEGER NOT NULL, now INTEGER NOT NULL,
      planned INTEGER NOT NULL, clockMachine INTEGER NOT NULL, clockScaled INTEGER NOT NULL,
      clockSpeed REAL NOT NULL, faults TEXT NOT NULL, tempo TEXT NOT NULL, keys TEXT NOT NULL,
      service TEXT NOT NULL) STRICT;
    CREATE TABLE setting(id INTEGER PRIMARY KEY, name TEXT, port INTEGER) STRICT;
    CREATE TABLE kmsHost(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, profile TEXT NOT NULL, state TEXT NOT NULL)
      STRICT;
    CREATE TABLE host(
      id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, name TEXT NOT NULL, profile TEXT NOT NULL,
      wanted TEXT, \(HostColumns.names.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")))
      STRICT;
    CREATE INDEX hostByRevision ON host(revision);
    CREATE TABLE operation(
      id INTEGER PRIMARY KEY, host INTEGER NOT NULL, deed TEXT NOT NULL, first INTEGER NOT NULL,
      second INTEGER NOT NULL, executesAt INTEGER, answersAt INTEGER NOT NULL,
      outcome INTEGER NOT NULL, tells INTEGER NOT NULL, reboots INTEGER NOT NULL,
      executed INTEGER NOT NULL, collected INTEGER NOT NULL) STRICT;
    CREATE TABLE ledger(
      seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, host TEXT NOT NULL, deed TEXT NOT NULL,
      doer TEXT NOT NULL, key TEXT, refused TEXT, spent TEXT) STRICT;
    """

  /// Writes a new fleet down whole.
  static func create(_ database: Database, _ made: SimulatedFleet, speed: Double) throws {
    var fleet = made
    try database.execute(sql: schema)
    let blueprint = fleet.blueprint
    try database.execute(
      sql: "INSERT INTO fleet VALUES (1, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        format, Int64(bitPattern: fleet.seed), fleet.start.rawValue, fleet.now.rawValue,
        blueprint.planned, SystemClock().now().rawValue, fleet.now.rawValue, speed,
        try text(fleet.faults), try text(fleet.tempo), try text(blueprint.keys),
        try text(fleet.service),
      ])
    for (place, profile) in blueprint.kmsHosts.enumerated() {
      try database.execute(
        sql: "INSERT INTO kmsHost VALUES (?, ?, ?, ?)",
        arguments: [
          place, profile.address.name.rawValue, try text(profile),
          try text(fleet.kmsHosts[place]),
        ])
    }
    let marks = Array(repeating: "?", count: HostColumns.names.count).joined(separator: ", ")
    let insert = try database.cachedStatement(
      sql: "INSERT INTO host VALUES (?, 0, ?, ?, ?, \(marks))")
    for (place, profile) in blueprint.profiles.enumerated() {
      let wanted = place < blueprint.planned ? try text(blueprint.wanted[place]) : nil
      var arguments: [(any DatabaseValueConvertible)?] = [
        place, profile.name.rawValue, try text(profile), wanted,
      ]
      arguments += HostColumns.values(fleet.hosts[place]).map { $0 }
      try insert.execute(arguments: StatementArguments(arguments))
    }
    try storeSettings(database, fleet)
    try storeLedger(database, &fleet)
  }

  /// The clock's setting, set anew when the speed is another one.
  static func clock(_ database: Database, speed: Double) throws -> ScaledClock.Setting {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT clockMachine, clockScaled, clockSpeed, format FROM fleet")
    else { throw FleetFileError.damaged }
    guard row["format"] as Int == format else { throw FleetFileError.otherFormat(row["format"]) }
    var setting = ScaledClock.Setting(
      machine: Timestamp(rawValue: row[0]), scaled: Timestamp(rawValue: row[1]), speed: row[2])
    if setting.speed != speed {
      let now = SystemClock().now()
      setting = ScaledClock.Setting(machine: now, scaled: setting.scaled(at: now), speed: speed)
      try database.execute(
        sql: "UPDATE fleet SET clockMachine = ?, clockScaled = ?, clockSpeed = ?",
        arguments: [setting.machine.rawValue, setting.scaled.rawValue, speed])
    }
    return setting
  }

  static func revision(_ database: Database) throws -> Int64 {
    try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT revision FROM fleet")) ?? 0
  }

  /// Writes down what a call changed.
  static func store(
    _ database: Database, _ fleet: inout SimulatedFleet, revision: Int64
  ) throws {
    let changes = fleet.takeChanges()
    let columns = HostColumns.names.map { "\($0) = ?" }.joined(separator: ", ")
    let update = try database.cachedStatement(
      sql: "UPDATE host SET revision = ?, \(columns) WHERE id = ?")
    for place in changes.hosts.sorted() {
      let values = [revision] + HostColumns.values(fleet.hosts[place]) + [Int64(place)]
      try update.execute(arguments: StatementArguments(values))
    }
    for place in changes.kmsHosts.sorted() {
      try database.cachedStatement(sql: "UPDATE kmsHost SET state = ? WHERE id = ?")
        .execute(arguments: [try text(fleet.kmsHosts[place]), place])
    }
    for ticket in changes.operations.sorted() {
      try store(database, fleet.operations[ticket], ticket)
    }
    if fleet.ledger.contains(where: { $0.spent != nil }) {
      try database.execute(
        sql: "UPDATE fleet SET service = ?", arguments: [try text(fleet.service)])
    }
    try storeSettings(database, fleet)
    try storeLedger(database, &fleet)
    try database.cachedStatement(sql: "UPDATE fleet SET revision = ?, now = ?")
      .execute(arguments: [revision, fleet.now.rawValue])
  }

  private static func storeSettings(_ database: Database, _ fleet: SimulatedFleet) throws {
    let known = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM setting") ?? 0
    for (place, setting) in fleet.settings.enumerated().dropFirst(known) {
      try database.execute(
        sql: "INSERT INTO setting VALUES (?, ?, ?)",
        arguments: [place, setting.name?.rawValue, setting.port.map { Int($0) }])
    }
  }

  private static func storeLedger(_ database: Database, _ fleet: inout SimulatedFleet) throws {
    for deed in fleet.takeLedger() {
      try database.cachedStatement(
        sql: "INSERT INTO ledger(at, host, deed, doer, key, refused, spent) "
          + "VALUES (?, ?, ?, ?, ?, ?, ?)"
      ).execute(arguments: [
        deed.at.rawValue, fleet.blueprint.profiles[deed.host].name.rawValue, deed.kind.rawValue,
        deed.by.rawValue, fleet.blueprint.key(deed.key)?.endsWith.rawValue,
        deed.refused?.description, deed.spent.map { fleet.service.accounts[$0].endsWith.rawValue },
      ])
    }
  }

  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ text: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }
}

/// Why a fleet's file cannot be used.
enum FleetFileError: Error, CustomStringConvertible {
  case damaged
  case otherFormat(Int)

  var description: String {
    switch self {
    case .damaged: "the file of the simulated fleet is damaged; delete it to begin a new fleet"
    case .otherFormat(let format):
      "the file of the simulated fleet has format \(format), this version writes "
        + "\(FleetFile.format); delete it to begin a new fleet"
    }
  }
}
