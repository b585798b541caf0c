import Foundation
import GRDB
import TestProgram

/// A small company in a folder of its own: an inventory, a configuration and a simulated fleet.
struct Office: Workplace {
  let folder: URL
  var muster: MusterProcess

  /// The made-up MAK that must never be seen.
  static let mak = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"

  /// - Parameters:
  ///   - clients: Windows 10 machines on a MAK.
  ///   - policy: Further lines of `policy:`, each indented by two.
  init(
    clients: Int = 32, servers: Int = 6, count: Int = 0, speed: Int = 2000, policy: String = ""
  ) throws {
    folder = try Self.newFolder("muster-office")
    muster = MusterProcess(folder: folder, environment: ["MUSTER_MAK_B7B7B": Self.mak])
    try write("inventory.csv", Self.inventory(clients: clients, servers: servers))
    try write("muster.yaml", Self.configuration(count: count, speed: speed, policy: policy))
  }

  /// Puts a file in the place of another one, if that is there.
  func rename(_ old: String, to new: String) throws {
    let place = folder.appending(path: new)
    try? FileManager.default.removeItem(at: place)
    try FileManager.default.moveItem(at: folder.appending(path: old), to: place)
  }

  /// Changes a database as nobody should.
  func edit(_ name: String, _ sql: String) throws {
    try DatabaseQueue(path: folder.appending(path: name).path).write { try $0.execute(sql: sql) }
  }

  /// A folder inside this one that holds the plan and nothing else.
  func folderOfPlans() throws -> URL {
    let plans = folder.appending(path: "plans")
    try FileManager.default.createDirectory(at: plans, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: folder.appending(path: "plan.jsonl"), to: plans.appending(path: "plan.jsonl"))
    return plans
  }

  /// What was done to the fleet; nothing while there is none.
  func deeds() throws -> [(host: String, byMuster: Bool, spent: Bool)] {
    let fleet = folder.appending(path: "corp.fleet").path
    return FileManager.default.fileExists(atPath: fleet) ? try FleetLedger.read(fleet) : []
  }

  /// Lets the fleet's hours pass in seconds from now on.
  func speedUp() throws {
    let configuration = try read("muster.yaml").replacing("speed: 60,", with: "speed: 2000,")
    try write("muster.yaml", configuration)
  }

  static let header =
    "name,site,editionId,ntVersion,build,productType,channel,partialProductKey,licenseStatus,"
    + "graceMinutes,clientMachineId,domain,lastSeen"

  static func inventory(clients: Int, servers: Int) -> String {
    var lines = [header]
    for number in 1...max(1, clients) where clients > 0 {
      lines.append(line(number, "ws", "Enterprise", 19045, 1))
    }
    for number in 1...max(1, servers) where servers > 0 {
      lines.append(line(number, "srv", "ServerStandard", 20348, 3))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func line(
    _ number: Int, _ prefix: String, _ edition: String, _ build: Int, _ type: Int
  ) -> String {
    let digits = String(format: "%03d", number)
    let cmid = "1000000\(type)-0000-4000-8000-000000000\(digits)"
    return "\(prefix)-\(digits).corp.example,hq,\(edition),10.0,\(build),\(type),mak,B7B7B,1,0,"
      + "\(cmid),corp.example,2026-11-23T08:00:00Z"
  }

  private static func configuration(count: Int, speed: Int, policy: String) -> String {
    """
    kmsHosts:
      - name: kms01.corp.example
        sites: [hq]
        hostKey: Windows Server 2022
        count: \(count)
    maks:
      - endsWith: B7B7B
        activationsLeft: 100
        secret: env:MUSTER_MAK_B7B7B
    policy:
      soak: 1m
      waves: [rest]
    \(policy)
    transport: {kind: simulated, fleet: corp.fleet, speed: \(speed), seed: 3}

    """
  }
}
