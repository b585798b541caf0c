/// One column's texts of all parts, put together and numbered by their order.
struct MergedTexts: Sendable {
  /// The texts of symbols 1, 2, 3 and so on.
  var values: [String]
  /// Per part, what its own symbols become; index 0 is the absent one.
  var renumbering: [[Symbol]]

  init(_ interners: [Interner]) {
    let all = interners.enumerated().flatMap { part, interner in
      interner.values.enumerated().map { (text: $0.element, part: part, index: $0.offset + 1) }
    }
    .sorted { $0.text.lexicographicallyPrecedes($1.text) }
    values = []
    renumbering = interners.map { Array(repeating: .absent, count: $0.values.count + 1) }
    var last: [UInt8]?
    for entry in all {
      if entry.text != last {
        values.append(String(decoding: entry.text, as: UTF8.self))
        last = entry.text
      }
      renumbering[entry.part][entry.index] = Symbol(rawValue: UInt32(values.count))
    }
  }
}

/// What the symbols of one part become, column by column.
struct Renumbering: Sendable {
  var sites: [Symbol]
  var captions: [Symbol]
  var editions: [Symbol]
  var domains: [Symbol]
  var groups: [Symbol]
  var kmsHosts: [Symbol]
  var partialKeys: [Symbol]
  var tags: [Symbol]

  /// Gives a record the symbols of the whole inventory.
  @inline(__always)
  func apply(to host: inout HostRecord) {
    host.site = sites[Int(host.site.rawValue)]
    host.osCaption = captions[Int(host.osCaption.rawValue)]
    host.edition = editions[Int(host.edition.rawValue)]
    host.domain = domains[Int(host.domain.rawValue)]
    host.group = groups[Int(host.group.rawValue)]
    host.kmsHost = kmsHosts[Int(host.kmsHost.rawValue)]
    host.partialKey = partialKeys[Int(host.partialKey.rawValue)]
    host.tags = tags[Int(host.tags.rawValue)]
  }
}

/// All columns' texts of all parts.
struct MergedColumns: Sendable {
  var sites: MergedTexts
  var captions: MergedTexts
  var editions: MergedTexts
  var domains: MergedTexts
  var groups: MergedTexts
  var kmsHosts: MergedTexts
  var partialKeys: MergedTexts
  var tags: MergedTexts

  init(_ parts: [InventoryPart]) {
    sites = MergedTexts(parts.map(\.columns.sites))
    captions = MergedTexts(parts.map(\.columns.captions))
    editions = MergedTexts(parts.map(\.columns.editions))
    domains = MergedTexts(parts.map(\.columns.domains))
    groups = MergedTexts(parts.map(\.columns.groups))
    kmsHosts = MergedTexts(parts.map(\.columns.kmsHosts))
    partialKeys = MergedTexts(parts.map(\.columns.partialKeys))
    tags = MergedTexts(parts.map(\.columns.tags))
  }

  func renumbering(of part: Int) -> Renumbering {
    Renumbering(
      sites: sites.renumbering[part], captions: captions.renumbering[part],
      editions: editions.renumbering[part], domains: domains.renumbering[part],
      groups: groups.renumbering[part], kmsHosts: kmsHosts.renumbering[part],
      partialKeys: partialKeys.renumbering[part], tags: tags.renumbering[part])
  }

  /// The texts of every column in one order, for the digest.
  var all: [[String]] {
    [sites, captions, editions, domains, groups, kmsHosts, partialKeys, tags].map(\.values)
  }
}
