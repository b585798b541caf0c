package import Planning
package import VolumeActivation

extension FleetBlueprint {
  /// The fleet that an inventory describes, whatever a plan will make of it.
  ///
  /// Every host may be written to, so all of them count as planned; each is to be pointed at the
  /// KMS host that serves its site. Of several records of one name the first is the machine. One
  /// that is a KMS host has a host key, unless its record says otherwise.
  package convenience init(inventory: Inventory, terms: PlanningTerms, asOf: Timestamp) {
    var ring = KeyRing(
      maks: terms.maks.map {
        PlannedMAK(endsWith: $0.endsWith, activationsLeft: $0.activationsLeft, hosts: 0, peak: 0)
      })
    let kmsHosts = terms.kmsHosts.map {
      KMSHostProfile(address: $0.address, hostKey: $0.hostKey, count: $0.count ?? 0)
    }
    let kmsHostNames = Set(kmsHosts.map(\.address.name))
    var profiles: [HostProfile] = []
    var wanted: [KMSSetting] = []
    var last: HostRecord?
    for record in inventory.hosts {
      if let last, inventory.sameName(last, record) { continue }
      last = record
      let site = inventory.sites[record.site] ?? ""
      let server = terms.kmsHosts.first { host in host.sites.contains { $0.matches(site) } }
      let usual: Channel =
        kmsHostNames.contains(inventory.name(of: record)) ? .kmsHost : .mak
      var profile = HostProfile(record, in: inventory, site: site, usual: usual, ring: &ring)
      profile.discovers = server.flatMap { terms.kmsHosts.firstIndex(of: $0) }
      profiles.append(profile)
      wanted.append(server.map { KMSSetting($0.address) } ?? .discovered)
    }
    let hostKeys = kmsHosts.map { $0.hostKey.flatMap { HostKey(name: $0) } }
    for place in profiles.indices {
      profiles[place].forget(hostKeys, target: ring.keys)
    }
    self.init(
      profiles: profiles, kmsHosts: kmsHosts, keys: ring.keys, accounts: ring.accounts,
      planned: profiles.count, wanted: wanted, asOf: asOf)
  }
}

extension HostProfile {
  /// A host as its record tells, with what Windows is usually like where the record is silent.
  fileprivate init(
    _ record: HostRecord, in inventory: Inventory, site: String, usual: Channel,
    ring: inout KeyRing
  ) {
    let edition = inventory.editions[record.edition]
    let choice = Result { () throws(KeyChoiceError) in
      try ClientSetupKeys.published.choose(
        kind: record.productType?.kind, version: record.version,
        build: record.build.map { Int($0) }, edition: edition,
        caption: inventory.captions[record.osCaption])
    }
    let chosen = (try? choice.get())?.record
    let version = record.version ?? chosen?.version ?? NTVersion(10, 0)
    let release = edition ?? chosen?.edition ?? EditionID(rawValue: "Enterprise")
    let kind = chosen?.kind ?? record.productType?.kind ?? release.impliedKind
    let target = chosen.map { ring.clientSetupKey($0.key.partial, for: release, version) } ?? .none
    let channel = record.channel ?? usual
    let original: KeySlot =
      if let partial = inventory.partialKeys[record.partialKey] {
        ring.slot(partial, channel)
      } else {
        switch channel {
        case .kmsClient: target
        case .none, .mak: .none
        case .kmsHost: KeyRing.hostKey.map { ring.slot($0, channel) } ?? .none
        case .retail: KeyRing.retail.map { ring.slot($0, channel) } ?? .none
        case .oem, .evaluation, .avma, .subscription:
          KeyRing.oem.map { ring.slot($0, channel) } ?? .none
        }
      }
    let isLicensed = (record.status ?? .licensed) == .licensed && original != .none
    self.init(
      name: inventory.name(of: record), site: site, kind: kind,
      product: chosen?.product ?? "Windows", edition: release, version: version,
      build: record.build.map { Int($0) } ?? chosen?.builds?.lowerBound ?? 0, original: original,
      target: target,
      licence: !isLicensed ? .none : channel == .kmsClient ? .kms : .permanent,
      machine: record.clientMachineID,
      setting: inventory.kmsHosts[record.kmsHost].map { KMSSetting($0) } ?? .discovered)
    uuid =
      (record.uuid ?? ClientMachineID(high: Dice.mix(seed ^ 1), low: Dice.mix(seed ^ 2)))
      .description
    isRoaming = record.roaming
    let tags = HostTags(inventory.tags[record.tags] ?? "")
    hasKMSClientLicense = !tags.contains(.noKMSClientLicense)
    if kind == .client, version == NTVersion(6, 1) {
      hasVolumeMarker = !tags.contains(.noVolumeMarker)
    }
    if let installation = inventory.installationID(of: record),
      let confirmation = inventory.confirmationID(of: record)
    {
      self.confirmation = StoredConfirmation(installation, confirmation)
    }
  }
}

extension HostProfile {
  /// Notes which KMS hosts do not cover it, by their host keys.
  mutating func forget(_ hostKeys: [HostKey?], target keys: [FleetKey]) {
    guard target != .none else { return }
    let partial = keys[Int(target.rawValue) - 1].endsWith
    let records = ClientSetupKeys.published.records(endingWith: partial)
    guard let record = records.first(where: { $0.product == product }) ?? records.first else {
      return
    }
    for (place, key) in hostKeys.enumerated().prefix(64) {
      guard let key else { continue }
      switch key.covers(record) {
      case .covered, .coveredWithUpdate, .notNamed: break
      case .needsHostKey: notCovered |= 1 << UInt64(place)
      }
    }
  }
}
