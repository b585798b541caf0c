import VolumeActivation

/// The parts of a line that many hosts share, encoded once.
struct PlanPhrases {
  /// By symbol of the site.
  let sites: [[UInt8]]
  /// By place in the product table; empty where no key is chosen, since such a host is left out.
  let products: [[UInt8]]
  /// The last five characters of the published key, by place in the product table.
  let setupKeys: [[UInt8]]
  /// By symbol of the partial key.
  let keys: [[UInt8]]
  let maks: [[UInt8]]
  let reasons: [[UInt8]]
  private let groups: [[UInt8]]
  private var beginnings: [Beginning: [UInt8]] = [:]
  private var endings: [Ending: [UInt8]] = [:]
  /// The ones asked for last: neighbours in a plan are often alike.
  private var lastBeginning: (key: Beginning, phrase: [UInt8])?
  private var lastEnding: (key: Ending, phrase: [UInt8])?
  /// The group of a machine that has to have one and was given none, by its tags and by its site.
  private let siteNames: [String]
  private let tagGroups: [String]

  init(_ proposal: Proposal) {
    func phrase(_ start: StaticString, _ text: String) -> [UInt8] {
      var json = JSONBytes()
      json.raw(start)
      json.string(text)
      return json.bytes
    }
    let inventory = proposal.inventory
    siteNames = [""] + inventory.sites.entries.map(\.value)
    sites = siteNames.map { phrase(#","site":"#, $0) }
    keys = [[]] + inventory.partialKeys.entries.map { phrase("", $0.value.rawValue) }
    maks = proposal.header.maks.map { phrase(#","mak":"#, $0.endsWith.rawValue) }
    reasons = proposal.reasons.map { phrase(#","reason":"#, $0) }
    groups = [[]] + inventory.groups.entries.map { phrase("", $0.value) }
    tagGroups =
      [HostTags().groupName] + inventory.tags.entries.map { HostTags($0.value).groupName }
    let chosen = proposal.products.entries.indices.map { proposal.products.key(of: UInt32($0)) }
    setupKeys = chosen.map { $0.map { phrase("", $0.key.partial.rawValue) } ?? [] }
    products = zip(proposal.products.entries, chosen).map { entry, key in
      guard let key else { return [] }
      var json = JSONBytes()
      json.raw(#","kind":"#)
      json.string(entry.kind.description)
      json.raw(#","product":"#)
      json.string(key.product)
      json.raw(#","edition":"#)
      json.string(entry.edition.rawValue)
      json.raw(#","version":"#)
      json.string(entry.version.description)
      json.raw(#","build":"#)
      json.number(entry.build)
      return json.bytes
    }
  }

  /// What stands between a host's name and its CMID, encoded once for all hosts that share it.
  mutating func beginning(_ host: Assessment, _ record: HostRecord) -> [UInt8] {
    let key = Beginning(
      wave: host.wave, product: host.product, site: record.site, key: record.partialKey,
      migrates: host.place == .migrate, licensed: host.traits.contains(.licensed))
    if let lastBeginning, lastBeginning.key == key { return lastBeginning.phrase }
    if let known = beginnings[key] {
      lastBeginning = (key, known)
      return known
    }
    var json = JSONBytes()
    json.raw(#","wave":"#)
    json.number(Int(host.wave) + 1)
    json.raw(key.migrates ? #","action":"migrate""# : #","action":"ask""#)
    json.raw(sites[Int(record.site.rawValue)])
    json.raw(products[Int(host.product)])
    if record.partialKey != .absent {
      json.raw(#","from":"#)
      json.raw(keys[Int(record.partialKey.rawValue)])
    }
    json.raw(#","to":"#)
    json.raw(
      key.migrates || record.partialKey == .absent
        ? setupKeys[Int(host.product)] : keys[Int(record.partialKey.rawValue)])
    json.raw(#","licensed":"#)
    json.bool(key.licensed)
    beginnings[key] = json.bytes
    return json.bytes
  }

  private struct Beginning: Hashable {
    var wave: UInt16
    var product: UInt32
    var site: Symbol
    var key: Symbol
    var migrates: Bool
    var licensed: Bool

    /// In two pieces, since it is asked of every host.
    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(site.rawValue) << 32 | UInt64(product))
      hasher.combine(UInt64(key.rawValue) << 16 | UInt64(wave))
    }
  }

  /// What stands behind a host's CMID when nothing in it is the host's own.
  mutating func ending(_ host: Assessment) -> [UInt8] {
    let key = Ending(
      mak: host.mak, weight: host.weight,
      traits: host.traits.intersection([.raisesCount, .exposed]).rawValue)
    if let lastEnding, lastEnding.key == key { return lastEnding.phrase }
    if let known = endings[key] {
      lastEnding = (key, known)
      return known
    }
    var json = JSONBytes()
    json.raw(raisesCount(host))
    if host.mak != Assessment.nobody { json.raw(maks[Int(host.mak)]) }
    json.raw(#","weight":"#)
    json.number(Int(host.weight))
    json.raw(exposed(host))
    endings[key] = json.bytes
    return json.bytes
  }

  private struct Ending: Hashable {
    var mak: UInt16
    var weight: UInt16
    var traits: UInt16
  }

  func raisesCount(_ host: Assessment) -> StaticString {
    host.traits.contains(.raisesCount) ? #","raisesCount":true"# : #","raisesCount":false"#
  }

  func exposed(_ host: Assessment) -> StaticString {
    host.traits.contains(.exposed) ? ",\"exposed\":true}\n" : ",\"exposed\":false}\n"
  }

  /// The group that a host has, or has to have.
  func group(of record: HostRecord) -> [UInt8] {
    guard record.group == .absent else { return groups[Int(record.group.rawValue)] }
    var json = JSONBytes()
    json.string(
      tagGroups[Int(record.tags.rawValue)] + "@" + siteNames[Int(record.site.rawValue)])
    return json.bytes
  }
}
