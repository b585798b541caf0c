import Foundation
import Planning
import SimulatedFleet
import TestRealm
import VolumeActivation

/// 37 machines on a MAK, one that came with its licence, and the KMS host that musters them.
enum Company {
  /// The made-up MAK that must never be seen.
  static let mak = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"
  static let kmsHost = HostName(folded: "kms01.muster.test")

  static let machines: [Machine] =
    series("ws", 24, .windows10) + series("old", 6, .windows7)
    + series("r2", 3, .server2008R2) + series("srv", 4, .server2022)
    + [
      Machine(name: "oem-01.muster.test", model: .windows10, channel: .oem),
      Machine(name: kmsHost.rawValue, model: .server2022, channel: .kmsHost),
    ]

  /// Those that are to be migrated.
  static let onMAK = machines.filter { $0.channel == .mak }.map(\.name)

  /// The one whose way back spends no activation.
  static let confirmed = "ws-01.muster.test"

  private static func series(_ prefix: String, _ count: Int, _ model: Machine.Model) -> [Machine] {
    (1...count).map { number in
      let name = String(format: "\(prefix)-%02d.muster.test", number)
      return Machine(
        name: name, model: model, channel: .mak, hasConfirmation: name == confirmed)
    }
  }

  /// A branch of it, which reaches its threshold with five servers.
  static let branch: [Machine] =
    series("srv", 8, .server2022)
    + [Machine(name: kmsHost.rawValue, model: .server2022, channel: .kmsHost)]

  static let inventory = inventory(of: machines)

  private static func inventory(of machines: [Machine]) -> String {
    ([Machine.columns] + machines.map(\.line)).map { $0 + "\n" }.joined()
  }

  /// What `muster scan` is given.
  static let hosts = hosts(of: machines)

  static func hosts(of machines: [Machine]) -> String {
    machines.map { "\($0.name),hq\n" }.joined()
  }

  static func fleet(
    of machines: [Machine] = machines, _ faults: FaultProfile = .none, seed: UInt64 = 1
  ) async throws -> SimulatedFleet {
    let now = SystemClock().now()
    let inventory = try await Inventory.read(
      Array(inventory(of: machines).utf8), file: "inventory.csv")
    let terms = PlanningTerms(
      kmsHosts: [
        DeclaredKMSHost(
          address: KMSAddress(name: kmsHost), sites: [SitePattern("*")],
          hostKey: "Windows Server 2022", count: 0)
      ],
      maks: PartialProductKey("B7B7B").map { [DeclaredMAK(endsWith: $0, activationsLeft: 100)] }
        ?? [])
    return SimulatedFleet(
      FleetBlueprint(inventory: inventory, terms: terms, asOf: now), seed: seed, faults: faults,
      tempo: .instant, startingAt: now)
  }

  /// The keys of all its machines for Kerberos.
  static let keytab: String = {
    let realm = TestRealm.shared
    let keytab = realm.path("company.keytab")
    do {
      try realm.addServices(machines.map { "HTTP/\($0.name)" }, to: keytab)
      return keytab
    } catch {
      fatalError("no keytab: \(error)")
    }
  }()

  /// The file of those who may log on with NTLM and Basic.
  static let users: String = {
    let realm = TestRealm.shared
    let users = realm.path("company-users")
    do {
      try realm.write("company-users", "MUSTER:bob:\(TestRealm.password)\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: users)
      return users
    } catch {
      fatalError("no users: \(error)")
    }
  }()

  /// - Parameter policy: Keys of `policy:` beside those that keep a test from waiting.
  static func configuration(transport: String, policy: [String: String]) -> String {
    let quick = ["waves": "[rest]", "soak": "0s", "retryPause": "1s", "quietTime": "4s"]
    let lines = quick.merging(policy) { $1 }.map { "  \($0): \($1)\n" }.sorted()
    return """
      kmsHosts:
        - name: \(kmsHost)
          sites: [hq]
          hostKey: Windows Server 2022
      maks:
        - endsWith: B7B7B
          activationsLeft: 100
          secret: env:MUSTER_MAK_B7B7B
      policy:
      \(lines.joined())transport: {kind: winrm, \(transport)}

      """
  }
}
