import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// Small fleets to try rules on; every name and key is made up, but for the published ones.
enum Fixture {
  static let start = Timestamp(rawValue: 1_764_000_000_000)
  static let mak = PartialProductKey("B7B7B")
  /// Windows 10 Enterprise's, Windows 7 Professional's and Windows Server 2022 Standard's.
  static let windows10 = "NPPR9-FWDCX-D2C8J-H872K-2YT43"
  static let windows7 = "FJ82H-XT6CR-J8D7P-XQJJ2-GPDD4"
  static let server2022 = "VDYBN-27WPP-V4HQT-9VMD4-VMK7H"

  /// What kind of machine a host of the fixture is.
  enum Model: CaseIterable {
    case windows7, windows10, server2008R2, server2022

    var kind: ProductKind {
      switch self {
      case .windows7, .windows10: .client
      case .server2008R2, .server2022: .server
      }
    }

    var version: NTVersion {
      switch self {
      case .windows7, .server2008R2: NTVersion(6, 1)
      case .windows10, .server2022: NTVersion(10, 0)
      }
    }

    var build: Int {
      switch self {
      case .windows7, .server2008R2: 7601
      case .windows10: 19045
      case .server2022: 20348
      }
    }

    var edition: EditionID {
      switch self {
      case .windows7: EditionID(rawValue: "Professional")
      case .windows10: EditionID(rawValue: "Enterprise")
      case .server2008R2, .server2022: EditionID(rawValue: "ServerStandard")
      }
    }

    /// The published key; 2008 R2 Standard's is not spelt out, its end is enough here.
    var target: String {
      switch self {
      case .windows7: "GPDD4"
      case .windows10: "2YT43"
      case .server2008R2: "R7VHC"
      case .server2022: "VMK7H"
      }
    }
  }

  static func host(
    _ number: Int, _ model: Model, wayBack: WayBack = .online(MAKID(rawValue: 0)),
    machine: ClientMachineID? = nil, licensed: Bool = true
  ) throws -> PlannedHost {
    PlannedHost(
      name: try #require(HostName("\(model.kind)-\(number).contoso.com")), action: .migrate,
      wave: WaveID(rawValue: 0), kmsHost: KMSHostID(rawValue: 0), site: "hq", kind: model.kind,
      product: "Windows", edition: model.edition, version: model.version, build: model.build,
      from: mak, to: try #require(PartialProductKey(model.target)), licensed: licensed,
      clientMachineID: machine ?? ClientMachineID(high: 7, low: UInt64(number + 1)),
      raisesCount: true, wayBack: wayBack, weight: 1, group: nil, exposed: true)
  }

  static func plan(
    _ hosts: [PlannedHost], count: Int = 0, activationsLeft: Int = 10,
    leftOut: [LeftOutHost] = []
  ) throws -> Plan {
    let kmsHost = PlannedKMSHost(
      address: KMSAddress(name: try #require(HostName("kms01.contoso.com"))),
      hostKey: "Windows Server 2022", count: count, countSource: .declared, projections: [],
      peakExposed: hosts.count)
    let header = PlanHeader(
      draft: false, asOf: start, inventory: PlanDigest(rawValue: ""), policy: Policy(),
      kmsHosts: [kmsHost],
      maks: [
        PlannedMAK(
          endsWith: try #require(mak), activationsLeft: activationsLeft, hosts: hosts.count,
          peak: hosts.count)
      ], entitlements: [], warnings: [])
    let wave = Wave(
      number: 1, kind: .muster, kmsHost: KMSHostID(rawValue: 0), hosts: hosts.count,
      peakExposed: hosts.count, needsApproval: false, sites: ["hq"])
    return Plan(
      header: header, waves: [wave], hosts: hosts, leftOut: leftOut,
      digest: PlanDigest(rawValue: "fixture"))
  }

  static func fleet(
    _ models: [Model], count: Int = 0, activationsLeft: Int = 10, seed: UInt64 = 1,
    faults: FaultProfile = .none, changing: (inout HostProfile) -> Void = { _ in }
  ) throws -> SimulatedFleet {
    let hosts = try models.enumerated().map { try host($0, $1) }
    let made = FleetBlueprint(
      plan: try plan(hosts, count: count, activationsLeft: activationsLeft))
    let profiles = made.profiles.map { profile in
      var profile = profile
      changing(&profile)
      return profile
    }
    let blueprint = FleetBlueprint(
      profiles: profiles, kmsHosts: made.kmsHosts, keys: made.keys, accounts: made.accounts,
      planned: made.planned, wanted: made.wanted, asOf: made.asOf)
    return SimulatedFleet(blueprint, seed: seed, faults: faults)
  }
}

extension SimulatedFleet {
  /// Points a host at its KMS host and installs its client setup key, as a migration does.
  @discardableResult
  mutating func convert(_ place: Int, at now: Timestamp) -> HRESULT? {
    let slot = wantedSetting(place)
    _ = carryOut(.setKMS(slot), on: place, by: .muster, at: now)
    return carryOut(
      .installKey(blueprint.profiles[place].target), on: place, by: .muster, at: now)
  }

  /// `/ato`.
  mutating func activate(_ place: Int, at now: Timestamp) -> HRESULT? {
    carryOut(.activate, on: place, by: .muster, at: now)
  }
}
