import VolumeActivation

extension Inventory {
  /// Puts the parts of a file together, in canonical order.
  @concurrent
  init(_ read: consuming InventoryRead) async {
    let columns = MergedColumns(read.parts)
    let notes =
      read.notes
      + Self.passedOver(
        read.parts.reduce(0) { $0 + $1.otherProducts }, "another product than Windows")
      + Self.passedOver(
        read.parts.reduce(0) { $0 + $1.addOns }, "an add-on such as ESU, which stays beside Windows"
      )
    let keys = await Self.sortedKeys(read.parts)
    let merger = InventoryMerger(read, columns)
    var hosts = merger.hosts(keys)
    let text = merger.text
    sortNamesakes(&hosts, text)
    let digest = await Self.digest(hosts, text, columns)
    self.init(
      hosts: hosts, text: text, sites: SymbolTable(columns.sites.values),
      captions: SymbolTable(columns.captions.values),
      editions: SymbolTable(columns.editions.values.map { EditionID(rawValue: $0) }),
      domains: SymbolTable(columns.domains.values), groups: SymbolTable(columns.groups.values),
      // They were brought into the canonical form of their types when they were read.
      kmsHosts: SymbolTable(columns.kmsHosts.values.compactMap { KMSAddress($0) }),
      partialKeys: SymbolTable(columns.partialKeys.values.compactMap { PartialProductKey($0) }),
      tags: SymbolTable(columns.tags.values), digest: digest, notes: notes)
  }

  private static func passedOver(_ records: Int, _ what: String) -> [String] {
    guard records > 0 else { return [] }
    return ["Passed over: \(records) \(records == 1 ? "record" : "records") about \(what)."]
  }

  /// The records of every part by their names, each part on a thread of its own.
  private static func sortedKeys(_ parts: [InventoryPart]) async -> [[NameKey]] {
    await withTaskGroup(of: (Int, [NameKey]).self) { group in
      for (index, part) in parts.enumerated() {
        group.addTask { (index, part.sortedKeys(part: index)) }
      }
      var keys = Array(repeating: [NameKey](), count: parts.count)
      for await (index, sorted) in group { keys[index] = sorted }
      return keys
    }
  }

  private static func digest(
    _ hosts: [HostRecord], _ text: TextArena, _ columns: MergedColumns
  ) async -> PlanDigest {
    await withTaskGroup(of: (Int, [UInt8]).self) { group in
      let ranges = InventoryDigest.blocks(hosts.count)
      for (index, range) in ranges.enumerated() {
        group.addTask { (index, InventoryDigest.block(hosts[range], text)) }
      }
      var blocks = Array(repeating: [UInt8](), count: ranges.count)
      for await (index, block) in group { blocks[index] = block }
      return InventoryDigest.whole(blocks: blocks, texts: columns.all)
    }
  }
}

/// Orders records of one name by what else they say, so that the order of rows leaves no trace.
private func sortNamesakes(_ hosts: inout [HostRecord], _ text: TextArena) {
  var start = 0
  while start < hosts.count {
    var end = start + 1
    while end < hosts.count, text.compare(hosts[start].name, hosts[end].name) == 0 { end += 1 }
    if end - start > 1 {
      let sorted = hosts[start..<end].map { (bytes: RecordBytes.of($0, text), host: $0) }
        .sorted { left, right in
          left.bytes == right.bytes
            ? left.host.line < right.host.line : left.bytes.lexicographicallyPrecedes(right.bytes)
        }
      hosts.replaceSubrange(start..<end, with: sorted.map(\.host))
    }
    start = end
  }
}
