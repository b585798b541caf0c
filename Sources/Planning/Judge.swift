import VolumeActivation

/// Gives each host of an inventory its verdict, or a place among those a plan can take.
///
/// The rules stand in the order of their precedence (DESIGN.md, "Verdicts"); what depends on the
/// whole fleet, the threshold in reach, follows later.
struct Judge {
  let inventory: Inventory
  let terms: PlanningTerms
  let asOf: Timestamp
  let services: SiteServices
  private(set) var products = ProductTable()
  private(set) var reasons = ReasonTable()
  /// What the symbols of the columns mean, by symbol.
  private let tags: [HostTags]
  private let setting: [Setting]
  private let keys: [KeyMeaning]
  private let inDomain: [Bool]
  /// Why a MAK is no way back, by place; nil where it is one.
  private let makProblems: [MissingWayBack?]
  private let groupsMayMuster: Bool
  /// Records of the machines that the configuration names as KMS hosts.
  private let ownKMSHosts: Set<Int>
  private let irreversible: Set<HostName>
  /// Whether a KMS host covers a product, by product and then by KMS host; nil is not asked yet.
  private var coverage: [Bool?] = []

  /// Whom a host is set to ask.
  private enum Setting {
    case nobody
    case ours(UInt16)
    case azure
    case foreign
  }

  /// What a key's last five characters tell.
  private enum KeyMeaning {
    case unknown
    case published
    case mak(UInt16)
  }

  init(_ inventory: Inventory, _ terms: PlanningTerms, asOf: Timestamp) {
    self.inventory = inventory
    self.terms = terms
    self.asOf = asOf
    services = SiteServices(inventory, terms.kmsHosts)
    tags = [[]] + inventory.tags.entries.map { HostTags($0.value) }
    setting =
      [.nobody]
      + inventory.kmsHosts.entries.map { _, address in
        if let ours = terms.kmsHosts.firstIndex(where: { $0.address == address }) {
          return .ours(UInt16(ours))
        }
        return address.name.rawValue.hasSuffix(".core.windows.net") ? .azure : .foreign
      }
    keys =
      [.unknown]
      + inventory.partialKeys.entries.map { _, key in
        if let mak = terms.maks.firstIndex(where: { $0.endsWith == key }) {
          return .mak(UInt16(mak))
        }
        return ClientSetupKeys.published.isPublished(key) ? .published : .unknown
      }
    let spares = terms.policy.spares
    groupsMayMuster = terms.policy.groupsMayMuster
    makProblems = terms.maks.map { mak in
      if !mak.isSupplied { return .notSupplied }
      return mak.activationsLeft <= spares ? .exhausted(mak.activationsLeft, spares: spares) : nil
    }
    inDomain =
      [false]
      + inventory.domains.entries.map { $0.value.contains(".") }
    ownKMSHosts = Set(terms.kmsHosts.compactMap { inventory.index(of: $0.address.name) })
    irreversible = Set(terms.policy.allowIrreversible)
  }
}

extension Judge {
  /// Judges one host by its record; `twins` are the hosts that share its UUID.
  mutating func assess(_ index: Int, sharesUUID: Bool) -> Assessment {
    let record = inventory.hosts[index]
    let tags = tags[Int(record.tags.rawValue)]
    var host = Assessment(record: UInt32(index))
    host.product = products.place(of: record, in: inventory)
    let product = products.facts[Int(host.product)]
    if product.isClient { host.traits.insert(.client) }
    if product.suitsAD, inDomain[Int(record.domain.rawValue)] { host.traits.insert(.suitsAD) }
    let channel = channel(of: record)

    if sharesUUID { return refuse(host, .sharedIdentity, Reason.sharedUUID) }
    if tags.contains(.wrongName) {
      return refuse(host, .sharedIdentity, variant: 1, Reason.wrongName)
    }
    if ownKMSHosts.contains(index) { return refuse(host, .kmsHost, Reason.ownKMSHost) }
    if channel == .kmsHost { return refuse(host, .kmsHost, variant: 1, Reason.unknownKMSHost) }
    if tags.contains(.unreachable), !record.namesProduct {
      return refuse(host, .unreachable, Reason.unreachable)
    }
    if let verdict = notOnPremises(record, tags, channel, product) {
      return refuse(host, verdict, Reason.notOnPremises(verdict))
    }
    guard product.hasKey else {
      return refuse(host, .noPublishedKey, host.product) { [products] in products.refusal(of: $0) }
    }
    if tags.contains(.noKMSClientLicense) {
      return refuse(host, .noKMSClientLicense, Reason.noKMSClientLicense)
    }
    host = serve(host, record, channel)
    if let refused = uncovered(host, record) { return refused }
    if product.needsVolumeMarker {
      if tags.contains(.noVolumeMarker) {
        return refuse(host, .noVolumeMarker, Reason.noVolumeMarker)
      }
      if !tags.contains(.volumeMarker) { host.traits.insert(.markerUnknown) }
    }
    if host.kmsHost == Assessment.nobody { return unserved(host, record) }
    if channel == .kmsClient { return client(host, record) }
    if tags.contains(.noKMSPath) { return refuse(host, .cannotReachKMS, Reason.cannotReachKMS) }
    return candidate(host, record, tags, channel)
  }

  /// 3: what no on-premises KMS host activates, or must not.
  private func notOnPremises(
    _ record: HostRecord, _ tags: HostTags, _ channel: Channel?, _ product: ProductTable.Facts
  ) -> Verdict? {
    if tags.contains(.azure) { return .azureMachine }
    if case .azure = setting[Int(record.kmsHost.rawValue)] { return .azureMachine }
    let edition = product.notOnPremises
    if edition == .azureEdition { return edition }
    if tags.contains(.multiSession) || edition == .multiSession { return .multiSession }
    if tags.contains(.avmaGuest) || channel == .avma { return .avmaGuest }
    if tags.contains(.subscription) || channel == .subscription { return .subscription }
    if record.activationType == .activeDirectory { return .adActivated }
    if channel == .evaluation { return .evaluation }
    if edition == .evaluation { return edition }
    if channel == .retail { return .retail }
    if channel == .oem { return .oem }
    return tags.contains(.nonPersistent) ? .nonPersistent : nil
  }

  /// Its channel; where the inventory does not say, what its key tells.
  private func channel(of record: HostRecord) -> Channel? {
    if let channel = record.channel { return channel }
    return switch keys[Int(record.partialKey.rawValue)] {
    case .unknown: nil
    case .published: .kmsClient
    case .mak: .mak
    }
  }

  /// Finds its KMS host: for a KMS client of ours the one it asks, else the one of its site.
  private func serve(_ host: Assessment, _ record: HostRecord, _ channel: Channel?) -> Assessment {
    var host = host
    let asked: UInt16? =
      if case .ours(let ours) = setting[Int(record.kmsHost.rawValue)] { ours } else { nil }
    switch services[record.site] {
    case .nobody: host.kmsHost = channel == .kmsClient ? asked ?? Assessment.nobody : host.kmsHost
    case .one(let only): host.kmsHost = channel == .kmsClient ? asked ?? only : only
    case .several(let candidates):
      if let asked, channel == .kmsClient || candidates.contains(asked) { host.kmsHost = asked }
    }
    return host
  }

  /// 4: its KMS host, or each of several, does not cover the product.
  private mutating func uncovered(_ host: Assessment, _ record: HostRecord) -> Assessment? {
    if host.kmsHost != Assessment.nobody {
      guard !covers(host.kmsHost, host.product) else { return nil }
      return uncovered(host, by: host.kmsHost)
    }
    guard case .several(let candidates) = services[record.site],
      !candidates.contains(where: { covers($0, host.product) })
    else { return nil }
    return uncovered(host, by: candidates[0])
  }

  private mutating func uncovered(_ host: Assessment, by kmsHost: UInt16) -> Assessment {
    let declared = terms.kmsHosts[Int(kmsHost)]
    let key = products.key(of: host.product)
    return refuse(host, .notCovered, host.product << 12 | UInt32(kmsHost)) { _ in
      Reason.notCovered(key, by: declared)
    }
  }

  /// Whether a KMS host covers a product, or nobody can say; worked out once.
  private mutating func covers(_ kmsHost: UInt16, _ product: UInt32) -> Bool {
    let place = Int(product) * terms.kmsHosts.count + Int(kmsHost)
    while coverage.count <= place { coverage.append(nil) }
    if let known = coverage[place] { return known }
    let hostKey = terms.kmsHosts[Int(kmsHost)].hostKey.flatMap { HostKey(name: $0) }
    let covers: Bool
    if let hostKey, let key = products.key(of: product),
      case .needsHostKey = hostKey.covers(key)
    {
      covers = false
    } else {
      covers = true
    }
    coverage[place] = covers
    return covers
  }

  /// 5: no KMS host, or no choice between several.
  private mutating func unserved(_ host: Assessment, _ record: HostRecord) -> Assessment {
    let site = inventory.sites[record.site] ?? ""
    switch services[record.site] {
    case .several(let candidates):
      let names = candidates.map { "\(terms.kmsHosts[Int($0)].address)" }
      return refuse(host, .ambiguousKMSHost, record.site.rawValue) { _ in
        Reason.ambiguous(site: site, names)
      }
    case .nobody, .one:
      return refuse(host, .noKMSHost, record.site.rawValue) { _ in Reason.unserved(site: site) }
    }
  }

  /// 6: it is a KMS client already.
  private mutating func client(_ host: Assessment, _ record: HostRecord) -> Assessment {
    var host = host
    let isLicensed = record.status == .licensed || record.status == nil
    switch setting[Int(record.kmsHost.rawValue)] {
    case .ours:
      host.place = isLicensed ? .renewal : .firstAsk
      if isLicensed { host.traits.insert(.licensed) }
      return host
    case .nobody: return refuse(host, .alreadyKMSClient, Reason.discovers)
    case .azure, .foreign:
      let other = inventory.kmsHosts[record.kmsHost]
      return refuse(host, .renewsElsewhere, record.kmsHost.rawValue) { _ in
        Reason.renewsElsewhere(other)
      }
    }
  }

  /// 7 to 9: isolated, without a way back, out of sight, or to be migrated.
  private mutating func candidate(
    _ host: Assessment, _ record: HostRecord, _ tags: HostTags, _ channel: Channel?
  ) -> Assessment {
    var host = host
    if tags.contains(.isolated) { return refuse(host, .isolated, Reason.isolated) }
    let isLicensed = record.status == .licensed || record.status == nil
    let grouped = isGrouped(record, tags)
    if isLicensed { host.traits.insert(.licensed) }
    if grouped { host.traits.insert(.grouped) }
    if record.roaming || tags.contains(.roaming) { host.traits.insert(.roaming) }
    if let refused = findWayBack(&host, record, channel, isLicensed) { return refused }
    if tags.contains(.unreachable) { return refuse(host, .unreachable, Reason.unreachable) }
    if let lastSeen = record.lastSeen, asOf - lastSeen > .days(30) {
      let days = UInt32((asOf - lastSeen).rawValue / Milliseconds.days(1).rawValue)
      return refuse(host, .unreachable, days) { Reason.lastSeen(days: $0) }
    }
    host.place = .migrate
    if isLicensed {
      host.weight = UInt16(
        hostWeight(
          kind: host.kind, criticality: record.criticality, grouped: grouped,
          hasConfirmation: host.traits.contains(.confirmationID),
          irreversible: host.traits.contains(.irreversible)))
    }
    if host.traits.isDisjoint(with: [.roaming, .irreversible, .markerUnknown]),
      groupsMayMuster || !grouped
    {
      host.traits.insert(.mayMuster)
    }
    return host
  }

  /// Whether it has a group, or is one of those that have to have one.
  private func isGrouped(_ record: HostRecord, _ tags: HostTags) -> Bool {
    record.group != .absent || record.productType == .domainController
      || !tags.isDisjoint(with: .grouped)
  }

  /// 8: how it gets back to its MAK.
  private mutating func findWayBack(
    _ host: inout Assessment, _ record: HostRecord, _ channel: Channel?, _ isLicensed: Bool
  ) -> Assessment? {
    guard isLicensed || channel == nil else { return nil }
    let missing: MissingWayBack
    if channel == nil {
      missing = .unknownChannel
    } else if case .mak(let mak) = keys[Int(record.partialKey.rawValue)] {
      guard let problem = makProblems[Int(mak)] else {
        host.mak = mak
        if !record.confirmationID.isEmpty, !record.installationID.isEmpty {
          host.traits.insert(.confirmationID)
        }
        return nil
      }
      missing = problem
    } else {
      missing = .unknownKey
    }
    if channel != nil, !irreversible.isEmpty,
      irreversible.contains(inventory.name(of: record))
    {
      host.traits.insert(.irreversible)
      return nil
    }
    let key = inventory.partialKeys[record.partialKey]
    return refuse(host, .noWayBack, record.partialKey.rawValue, missing.rank) { _ in
      Reason.noWayBack(missing, key)
    }
  }
}

extension Judge {
  /// Takes over another judge's products and reasons; returns what its numbers become, by number.
  mutating func adopt(_ other: Judge) -> (products: [UInt32], reasons: [UInt32]) {
    (products.adopt(other.products), other.reasons.texts.map { reasons.place(of: $0) })
  }

  /// Leaves a host out for a fixed reason; a verdict's second one has another `variant`.
  mutating func refuse(
    _ host: Assessment, _ verdict: Verdict, variant: UInt32 = .max,
    _ reason: @autoclosure () -> String
  ) -> Assessment {
    refuse(host, verdict, variant) { _ in reason() }
  }

  /// Leaves a host out for a reason of its own.
  mutating func refuse(
    _ host: Assessment, _ verdict: Verdict, because reason: String
  ) -> Assessment {
    var host = host
    host.place = .leftOut
    host.verdict = verdict
    host.reason = reasons.place(of: reason)
    return host
  }

  /// Leaves a host out for a reason that follows from figures.
  mutating func refuse(
    _ host: Assessment, _ verdict: Verdict, _ first: UInt32, _ second: UInt32 = 0,
    text: (UInt32) -> String
  ) -> Assessment {
    var host = host
    host.place = .leftOut
    host.verdict = verdict
    host.reason = reasons.place(verdict, first, second) { text(first) }
    return host
  }
}

extension Inventory {
  /// The first record of a host by its name; nil when there is none.
  func index(of name: HostName) -> Int? {
    var low = 0
    var high = hosts.count
    let wanted = Array(name.rawValue.utf8)
    while low < high {
      let middle = (low + high) / 2
      if Array(text[hosts[middle].name].utf8).lexicographicallyPrecedes(wanted) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < hosts.count, text[hosts[low].name] == name.rawValue else { return nil }
    return low
  }
}
