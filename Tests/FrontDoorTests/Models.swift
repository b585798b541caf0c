import SimulatedFleet
import Testing
import VolumeActivation

/// What kinds of machines the fleets of these tests have.
enum Model: String, CaseIterable, Sendable {
  case vista, windows7, windows10, server2008, server2008R2, server2012R2, server2022

  var kind: ProductKind {
    switch self {
    case .vista, .windows7, .windows10: .client
    case .server2008, .server2008R2, .server2012R2, .server2022: .server
    }
  }

  var version: NTVersion {
    switch self {
    case .vista, .server2008: NTVersion(6, 0)
    case .windows7, .server2008R2: NTVersion(6, 1)
    case .server2012R2: NTVersion(6, 3)
    case .windows10, .server2022: NTVersion(10, 0)
    }
  }

  var build: Int {
    switch self {
    case .vista, .server2008: 6002
    case .windows7, .server2008R2: 7601
    case .server2012R2: 9600
    case .windows10: 19045
    case .server2022: 20348
    }
  }

  var edition: EditionID {
    switch self {
    case .vista: "Business"
    case .windows7: "Professional"
    case .windows10: "Enterprise"
    case .server2008, .server2008R2, .server2012R2, .server2022: "ServerStandard"
    }
  }

  var isOldest: Bool { version == NTVersion(6, 0) }
  var isNewest: Bool { version > NTVersion(6, 1) }

  func host(_ channel: Channel) throws -> HostName {
    try #require(HostName("\(rawValue)-\(channel.rawValue).contoso.com"))
  }
}

/// Fleets of them; every name and key is made up.
enum Models {
  static let start = Timestamp(rawValue: 1_764_000_000_123)
  /// A client setup key that every edition takes, and a MAK.
  static let clientKey = "BBBBB-CCCCC-DDDDD-FFFFF-GGGGG"
  static let mak = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"

  static let channels = Channel.allCases
  private static let ends: [Channel: String] = [
    .mak: "B7B7B", .kmsClient: "GGGGG", .retail: "RRRRR", .oem: "MMMMM", .kmsHost: "KKKKK",
    .evaluation: "TTTTT", .avma: "VVVVV", .subscription: "PPPPP",
  ]

  static func kmsHost() throws -> HostName { try #require(HostName("kms01.contoso.com")) }

  /// A machine of each model with a key of each channel; `changing` sees each before it is made.
  static func fleet(
    _ models: [Model] = Model.allCases, channels: [Channel] = Channel.allCases,
    kmsHosts: [KMSHostProfile]? = nil, changing: (inout HostProfile) -> Void = { _ in }
  ) throws -> FleetBlueprint {
    var keys: [FleetKey] = []
    var slots: [Channel: KeySlot] = [:]
    for channel in Channel.allCases {
      guard let end = ends[channel] else { continue }
      keys.append(
        FleetKey(
          endsWith: try #require(PartialProductKey(end)), channel: channel,
          account: channel == .mak ? 0 : nil))
      slots[channel] = KeySlot(rawValue: UInt16(keys.count))
    }
    let served = try kmsHosts ?? [host(count: 30)]
    var profiles: [HostProfile] = []
    for model in models {
      for channel in channels {
        var profile = HostProfile(
          name: try model.host(channel), site: "hq", kind: model.kind, product: "Windows",
          edition: model.edition, version: model.version, build: model.build,
          original: slots[channel] ?? .none, target: slots[.kmsClient] ?? .none,
          licence: channel == .kmsClient ? .kms : channel == .none ? .none : .permanent,
          machine: ClientMachineID(high: 7, low: UInt64(profiles.count)),
          setting: channel == .kmsClient ? KMSSetting(name: try kmsHost()) : .discovered)
        changing(&profile)
        profiles.append(profile)
      }
    }
    let account = ActivationService.Account(
      endsWith: try #require(PartialProductKey("B7B7B")), left: 10)
    return FleetBlueprint(
      profiles: profiles, kmsHosts: served, keys: keys, accounts: [account],
      planned: profiles.count, wanted: profiles.map { _ in KMSSetting(served[0].address) },
      asOf: start)
  }

  static func host(count: Int, name: String = "kms01.contoso.com") throws -> KMSHostProfile {
    KMSHostProfile(
      address: KMSAddress(name: try #require(HostName(name))), hostKey: "Windows Server 2022",
      count: count)
  }
}
