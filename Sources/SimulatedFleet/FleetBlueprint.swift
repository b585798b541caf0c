package import VolumeActivation

/// A fleet as it was found: everything that a run does not change, shared by all runs on it.
package final class FleetBlueprint: Sendable {
  package let profiles: [HostProfile]
  package let kmsHosts: [KMSHostProfile]
  package let keys: [FleetKey]
  package let accounts: [ActivationService.Account]
  package let editions: [EditionID]
  /// How many of the hosts a plan names; they come first, in the plan's order.
  package let planned: Int
  /// The KMS setting that Muster gives each planned host.
  package let wanted: [KMSSetting]
  /// When the fleet is found so.
  package let asOf: Timestamp

  /// KMS settings that stand on hosts, or that Muster sets; the first is nothing set.
  let settings: [KMSSetting]
  /// The KMS host that each of them leads to, counted from 1; 0 for none of these.
  let targets: [UInt16]
  /// Each host's own setting, and that of its product.
  let found: [(service: SettingSlot, product: SettingSlot)]
  /// What Muster sets on each planned host.
  let wantedSlots: [SettingSlot]
  /// What its profile comes to in numbers, of each host.
  let traits: [HostTraits]
  /// The same of each key.
  let keyTraits: [KeyTraits]

  private let places: [HostName: Int]
  private let kmsHostPlaces: [HostName: Int]
  private let slots: [PartialProductKey: KeySlot]
  private let editionPlaces: [EditionID: UInt16]

  package init(
    profiles: [HostProfile], kmsHosts: [KMSHostProfile], keys: [FleetKey],
    accounts: [ActivationService.Account], planned: Int, wanted: [KMSSetting], asOf: Timestamp
  ) {
    self.profiles = profiles
    self.kmsHosts = kmsHosts
    self.keys = keys
    self.accounts = accounts
    self.planned = planned
    self.wanted = wanted
    self.asOf = asOf
    places = Dictionary(
      profiles.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    kmsHostPlaces = Dictionary(
      kmsHosts.enumerated().map { ($1.address.name, $0) },
      uniquingKeysWith: { first, _ in first })
    slots = Dictionary(
      keys.enumerated().map { ($1.endsWith, KeySlot(rawValue: UInt16($0 + 1))) },
      uniquingKeysWith: { first, _ in first })
    var editions: [EditionID] = []
    var editionPlaces: [EditionID: UInt16] = [:]
    for profile in profiles where editionPlaces[profile.edition] == nil {
      editionPlaces[profile.edition] = UInt16(editions.count)
      editions.append(profile.edition)
    }
    for name in ["Professional", "Enterprise", "ServerStandard", "ServerDatacenter"] {
      let edition = EditionID(rawValue: name)
      guard editionPlaces[edition] == nil else { continue }
      editionPlaces[edition] = UInt16(editions.count)
      editions.append(edition)
    }
    self.editions = editions
    self.editionPlaces = editionPlaces
    var table = SettingTable(kmsHosts: kmsHosts.map(\.address))
    found = profiles.map { profile in
      (table.slot(of: profile.setting), table.slot(of: profile.productSetting ?? .discovered))
    }
    let wantedSlots = wanted.map { table.slot(of: $0) }
    self.wantedSlots = wantedSlots
    settings = table.settings
    targets = table.targets
    let targets = table.targets
    traits = profiles.enumerated().map { place, profile in
      HostTraits(
        profile,
        target: profile.target == .none ? nil : keys[Int(profile.target.rawValue) - 1],
        edition: editionPlaces[profile.edition] ?? 0,
        wantedKMSHost: place < planned ? targets[Int(wantedSlots[place].rawValue)] : 0)
    }
    keyTraits = keys.map { KeyTraits($0) }
  }

  /// The place of a host; nil when no machine answers to the name.
  package func place(of name: HostName) -> Int? { places[name] }

  /// The place of a KMS host; nil when none answers to the name.
  package func kmsHostPlace(of name: HostName) -> Int? { kmsHostPlaces[name] }

  /// The key that ends so; nil for one that no machine of this fleet would take.
  package func slot(of partial: PartialProductKey) -> KeySlot? { slots[partial] }

  /// What stands in a key's slot; nil for no key.
  package func key(_ slot: KeySlot) -> FleetKey? {
    slot == .none ? nil : keys[Int(slot.rawValue) - 1]
  }

  /// What matters of the key in a slot; nil for no key.
  func keyTraits(_ slot: KeySlot) -> KeyTraits? {
    slot == .none ? nil : keyTraits[Int(slot.rawValue) - 1]
  }

  func editionPlace(_ edition: EditionID) -> UInt16 { editionPlaces[edition] ?? 0 }

  /// The KMS host that a setting leads to, counted from 1; 0 when it leads to none of these.
  func kmsHost(of setting: KMSSetting) -> UInt16 {
    kmsHosts.firstIndex { setting.points(at: $0.address) }.map { UInt16($0 + 1) } ?? 0
  }
}

/// Gives each KMS setting a slot.
private struct SettingTable {
  let kmsHosts: [KMSAddress]
  private(set) var settings: [KMSSetting] = [.discovered]
  private(set) var targets: [UInt16] = [0]
  private var slots: [KMSSetting: SettingSlot] = [.discovered: .discovered]

  init(kmsHosts: [KMSAddress]) {
    self.kmsHosts = kmsHosts
  }

  mutating func slot(of setting: KMSSetting) -> SettingSlot {
    if let known = slots[setting] { return known }
    let slot = SettingSlot(rawValue: UInt16(settings.count))
    settings.append(setting)
    targets.append(
      kmsHosts.firstIndex { setting.points(at: $0) }.map { UInt16($0 + 1) } ?? 0)
    slots[setting] = slot
    return slot
  }
}
