import VolumeActivation

/// Those who may muster, lightest first, taken from different sites in turn.
///
/// Of hosts of one weight those seen last go first, and among these the sites take turns, so that
/// one site without a path does not empty a muster wave.
struct Roster {
  private let survey: Survey
  private var servers: [UInt32] = []
  private var clients: [UInt32] = []
  private var nextServer = 0
  private var nextClient = 0

  private struct Bucket: Hashable {
    var weight: UInt16
    /// How long ago they were seen, as a chance in thousandths, the greatest first.
    var doubt: UInt16
    var site: Symbol
    var kind: ProductKind
    var mak: UInt16
  }

  /// Keeps at most `limit` of each kind.
  init(_ pool: [UInt32], of survey: Survey, limit: Int) {
    self.survey = survey
    var buckets: [Bucket: [UInt32]] = [:]
    for index in pool {
      let host = survey.hosts[Int(index)]
      let bucket = Bucket(
        weight: host.weight,
        doubt: UInt16(((1 - survey.chance(of: index)) * 1000).rounded()),
        site: survey.record(of: index).site, kind: host.kind, mak: host.mak)
      buckets[bucket, default: []].append(index)
      if let count = buckets[bucket]?.count, count > limit { buckets[bucket]?.removeLast() }
    }
    // The turn of a host is its place within its site, so that sites alternate.
    var turns: [(bucket: Bucket, turn: Int, index: UInt32)] = []
    for (bucket, hosts) in buckets {
      for (turn, index) in hosts.enumerated() { turns.append((bucket, turn, index)) }
    }
    turns.sort { left, right in
      let (first, second) = (left.bucket, right.bucket)
      if first.weight != second.weight { return first.weight < second.weight }
      if first.doubt != second.doubt { return first.doubt < second.doubt }
      return (left.turn, first.site, left.index) < (right.turn, second.site, right.index)
    }
    fill(turns.map(\.index), limit: limit)
  }

  /// First those whose MAK can hold an activation for each, then the others: they can be asked
  /// where nobody is exposed.
  private mutating func fill(_ ordered: [UInt32], limit: Int) {
    var held: [UInt16: Int] = [:]
    var beyond: [UInt32] = []
    var groups: Set<Group> = []
    let terms = survey.judge.terms
    for index in ordered {
      let host = survey.hosts[Int(index)]
      if host.traits.contains(.grouped), !groups.insert(group(of: index)).inserted { continue }
      guard host.mak != Assessment.nobody else {
        add(index, limit)
        continue
      }
      let quota = terms.maks[Int(host.mak)].activationsLeft - terms.policy.spares
      if held[host.mak, default: 0] < quota {
        if add(index, limit) { held[host.mak, default: 0] += 1 }
      } else {
        beyond.append(index)
      }
    }
    for index in beyond { add(index, limit) }
  }

  /// At most one host of a group is exposed at a time.
  private enum Group: Hashable {
    case named(Symbol)
    /// What a domain controller, a cluster node and their like are in without being given one.
    case ofSite(Symbol, String)
  }

  private func group(of index: UInt32) -> Group {
    let record = survey.record(of: index)
    guard record.group == .absent else { return .named(record.group) }
    let tags = HostTags(survey.judge.inventory.tags[record.tags] ?? "")
    return .ofSite(record.site, tags.groupName)
  }

  @discardableResult
  private mutating func add(_ index: UInt32, _ limit: Int) -> Bool {
    switch survey.hosts[Int(index)].kind {
    case .server:
      guard servers.count < limit else { return false }
      servers.append(index)
    case .client:
      guard clients.count < limit else { return false }
      clients.append(index)
    }
    return true
  }

  /// The weights of a kind, ascending; a host whose MAK is spoken for weighs no less than those
  /// before it.
  func weights(_ kind: ProductKind) -> [Int] {
    var least = 0
    return (kind == .server ? servers : clients).map { index in
      least = max(least, Int(survey.hosts[Int(index)].weight))
      return least
    }
  }

  /// The next lightest of a kind.
  mutating func take(_ kind: ProductKind) -> UInt32? {
    switch kind {
    case .server:
      guard nextServer < servers.count else { return nil }
      defer { nextServer += 1 }
      return servers[nextServer]
    case .client:
      guard nextClient < clients.count else { return nil }
      defer { nextClient += 1 }
      return clients[nextClient]
    }
  }

  /// Everybody, servers first.
  mutating func takeAll() -> [UInt32] {
    defer { (nextServer, nextClient) = (servers.count, clients.count) }
    return Array(servers[nextServer...] + clients[nextClient...])
  }

  /// The lightest `count` of those that are left, the heaviest of them first, since nobody is
  /// exposed any more when they are asked.
  mutating func reserves(_ count: Int) -> [UInt32] {
    let left = takeAll().sorted { first, second in
      (survey.hosts[Int(first)].weight, first) < (survey.hosts[Int(second)].weight, second)
    }
    return left.prefix(max(0, count)).reversed()
  }
}
