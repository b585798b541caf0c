package import Planning
package import VolumeActivation

extension FleetBlueprint {
  /// The fleet that a plan expects to find: every host it names, as it says, and those it leaves
  /// out, as their verdicts say.
  ///
  /// - `counts`: What KMS hosts count in truth, where that is not what the plan was told.
  package convenience init(plan: Plan, counts: [KMSAddress: Int] = [:]) {
    var ring = KeyRing(maks: plan.header.maks)
    let kmsHosts = plan.header.kmsHosts.map {
      KMSHostProfile(
        address: $0.address, hostKey: $0.hostKey, count: counts[$0.address] ?? $0.count)
    }
    var profiles = plan.hosts.map { host in
      HostProfile(
        host, ring: &ring, address: plan.header.kmsHosts[Int(host.kmsHost.rawValue)].address)
    }
    let named = Set(profiles.map(\.name))
    let address = kmsHosts.first?.address
    for host in plan.leftOut {
      guard let name = HostName(host.name), !named.contains(name) else { continue }
      profiles.append(HostProfile(host, name: name, ring: &ring, kmsHost: address))
    }
    let hostKeys = kmsHosts.map { $0.hostKey.flatMap { HostKey(name: $0) } }
    for place in plan.hosts.indices { profiles[place].forget(hostKeys, target: ring.keys) }
    self.init(
      profiles: profiles, kmsHosts: kmsHosts, keys: ring.keys, accounts: ring.accounts,
      planned: plan.hosts.count,
      wanted: plan.hosts.map {
        KMSSetting(plan.header.kmsHosts[Int($0.kmsHost.rawValue)].address)
      }, asOf: plan.header.asOf)
  }
}

/// Collects the keys that a fleet knows.
struct KeyRing {
  private(set) var keys: [FleetKey] = []
  private(set) var accounts: [ActivationService.Account] = []
  private var slots: [PartialProductKey: KeySlot] = [:]

  /// What somebody outside the plan would install: a retail key, made up.
  static let retail = PartialProductKey("RRRRR")
  /// What came with an OEM machine, made up.
  static let oem = PartialProductKey("MMMMM")
  /// A KMS host's own key, made up.
  static let hostKey = PartialProductKey("KKKKK")

  init(maks: [PlannedMAK]) {
    for mak in maks { _ = slot(mak.endsWith, .mak, activationsLeft: mak.activationsLeft) }
    if let retail = Self.retail { _ = slot(retail, .retail) }
  }

  /// The slot of a key, taken anew when the key is met for the first time.
  mutating func slot(
    _ partial: PartialProductKey, _ channel: Channel, activationsLeft: Int = 0
  ) -> KeySlot {
    if let known = slots[partial] { return known }
    var key = FleetKey(endsWith: partial, channel: channel)
    if channel == .mak {
      key.account = accounts.count
      accounts.append(ActivationService.Account(endsWith: partial, left: activationsLeft))
    }
    keys.append(key)
    let slot = KeySlot(rawValue: UInt16(keys.count))
    slots[partial] = slot
    return slot
  }

  /// The slot of a client setup key, which is known to be for this edition too.
  mutating func clientSetupKey(
    _ partial: PartialProductKey, for edition: EditionID, _ version: NTVersion
  ) -> KeySlot {
    let place = slot(partial, .kmsClient)
    keys[Int(place.rawValue) - 1].editions.insert(
      EditionRelease(edition: edition, version: version))
    return place
  }
}

extension HostProfile {
  /// A host as its plan found it.
  init(_ host: PlannedHost, ring: inout KeyRing, address: KMSAddress) {
    let target = ring.clientSetupKey(host.to, for: host.edition, host.version)
    let isAsk = host.action == .ask
    let original: KeySlot =
      if isAsk { target } else if let from = host.from { ring.slot(from, .mak) } else { .none }
    self.init(
      name: host.name, site: host.site, kind: host.kind, product: host.product,
      edition: host.edition, version: host.version, build: host.build, original: original,
      target: target,
      licence: !host.licensed || original == .none ? .none : isAsk ? .kms : .permanent,
      machine: host.clientMachineID, setting: isAsk ? KMSSetting(address) : .discovered)
    hasVolumeMarker = host.kind == .client && host.version == NTVersion(6, 1) ? true : nil
    if case .confirmation(_, let installation, let confirmation) = host.wayBack {
      self.confirmation = StoredConfirmation(installation, confirmation)
    }
  }

  /// A host that a plan leaves out, as its verdict tells.
  init(_ host: LeftOutHost, name: HostName, ring: inout KeyRing, kmsHost: KMSAddress?) {
    let channel: Channel =
      switch host.verdict {
      case .retail: .retail
      case .oem: .oem
      case .kmsHost: .kmsHost
      case .evaluation: .evaluation
      case .avmaGuest: .avma
      case .subscription: .subscription
      case .renewsElsewhere, .alreadyKMSClient, .adActivated: .kmsClient
      case .conflictingRecords, .sharedIdentity, .azureMachine, .azureEdition, .multiSession,
        .nonPersistent, .noPublishedKey, .noKMSClientLicense, .notCovered, .noVolumeMarker,
        .noKMSHost, .ambiguousKMSHost, .cannotReachKMS, .thresholdOutOfReach, .isolated,
        .noWayBack, .unreachable:
        .mak
      }
    let partial: PartialProductKey? =
      switch channel {
      case .retail: KeyRing.retail
      case .kmsHost: KeyRing.hostKey
      case .mak: ring.accounts.first?.endsWith
      case .kmsClient: PartialProductKey("CCCCC")
      case .oem, .evaluation, .avma, .subscription, .none: KeyRing.oem
      }
    let original = partial.map { ring.slot($0, channel) } ?? .none
    let isServer = channel == .kmsHost || channel == .avma
    self.init(
      name: name, site: host.site, kind: isServer ? .server : .client,
      product: isServer ? "Windows Server 2022" : "Windows 10",
      edition: EditionID(rawValue: isServer ? "ServerStandard" : "Enterprise"),
      version: NTVersion(10, 0), build: isServer ? 20348 : 19045, original: original,
      target: .none,
      licence: original == .none ? .none : channel == .kmsClient ? .kms : .permanent,
      machine: nil,
      setting: host.verdict == .alreadyKMSClient
        ? kmsHost.map { KMSSetting($0) } ?? .discovered : .discovered)
  }
}
