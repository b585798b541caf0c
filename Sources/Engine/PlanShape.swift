import Planning
import VolumeActivation

/// A plan in numbers: what every run of it has in common, made once.
final class PlanShape: Sendable {
  let plan: Plan
  let policy: Policy
  let thresholds: Thresholds
  let facts: [HostFacts]
  let waves: [WaveFacts]
  /// Each wave's hosts, which follow each other.
  let waveRange: [Range<Int>]
  /// Whether any host of a wave is a client, so that its KMS host must reach their threshold.
  let waveHasClients: [Bool]
  /// Each KMS host's waves, in order.
  let chains: [[Int]]
  /// A host's place among all hosts in the order of their paths, and the other way round.
  let beginPlace: [Int]
  let beginHost: [Int]
  let pathRange: [Range<Int>]
  let siteOfPath: [Int]
  /// A host's place among all hosts, heaviest first, and the other way round.
  let rank: [Int]
  let hostOfRank: [Int]
  /// The hosts of each wave in its range, lightest first.
  let lightestFirst: [Int]
  let sites: Int
  let groups: Int
  let maks: Int

  init(_ plan: Plan, thresholds: Thresholds) {
    let paths = Engine.paths(of: plan)
    let pathNumbers = Dictionary(uniqueKeysWithValues: zip(paths, paths.indices))
    var sites: [String: Int] = [:]
    var groups: [String: Int] = [:]
    func number(_ text: String, _ table: inout [String: Int]) -> Int {
      if let known = table[text] { return known }
      table[text] = table.count
      return table.count - 1
    }
    let facts = plan.hosts.map { host in
      let wave = Int(host.wave.rawValue)
      return HostFacts(
        wave: wave, kmsHost: Int(host.kmsHost.rawValue), site: number(host.site, &sites),
        path: pathNumbers[
          Engine.Path(site: host.site, kmsHost: host.kmsHost, product: host.product)] ?? 0,
        group: host.group.map { number($0, &groups) },
        mak: host.wayBack.mak.map { Int($0.rawValue) }, weight: host.weight, kind: host.kind,
        raisesCount: host.raisesCount, musters: plan.waves[wave].kind == .muster,
        isIrreversible: host.licensed && host.wayBack == .none && host.action == .migrate)
    }
    self.plan = plan
    policy = plan.header.policy
    self.thresholds = thresholds
    self.facts = facts
    waves = plan.waves.map { WaveFacts($0) }
    self.sites = sites.count
    self.groups = groups.count
    maks = plan.header.maks.count

    let waveRange = Self.ranges(of: plan.waves.count, facts.map(\.wave))
    self.waveRange = waveRange
    waveHasClients = waveRange.map { range in facts[range].contains { $0.kind == .client } }
    var chains = Array(repeating: [Int](), count: plan.header.kmsHosts.count)
    for (index, wave) in plan.waves.enumerated() {
      chains[Int(wave.kmsHost.rawValue)].append(index)
    }
    self.chains = chains

    let beginHost = facts.indices.sorted { (facts[$0].path, $0) < (facts[$1].path, $1) }
    self.beginHost = beginHost
    beginPlace = Self.places(of: beginHost)
    let pathRange = Self.ranges(of: paths.count, beginHost.map { facts[$0].path })
    self.pathRange = pathRange
    siteOfPath = pathRange.map { $0.isEmpty ? 0 : facts[beginHost[$0.lowerBound]].site }
    let hostOfRank = facts.indices.sorted {
      (-facts[$0].weight, $0) < (-facts[$1].weight, $1)
    }
    self.hostOfRank = hostOfRank
    rank = Self.places(of: hostOfRank)
    var lightestFirst = Array(facts.indices)
    for range in waveRange {
      lightestFirst[range].sort { (facts[$0].weight, $0) < (facts[$1].weight, $1) }
    }
    self.lightestFirst = lightestFirst
  }

  /// Where each group's members stand, whose numbers are given in their order.
  private static func ranges(of count: Int, _ members: [Int]) -> [Range<Int>] {
    var ranges = Array(repeating: 0..<0, count: count)
    for (place, group) in members.enumerated() {
      let range = ranges[group]
      ranges[group] = range.isEmpty ? place..<place + 1 : range.lowerBound..<place + 1
    }
    return ranges
  }

  /// The place of each host in a list of all of them.
  private static func places(of hosts: [Int]) -> [Int] {
    var places = Array(repeating: 0, count: hosts.count)
    for (place, host) in hosts.enumerated() { places[host] = place }
    return places
  }
}

/// What the engine needs of a wave at each step.
struct WaveFacts: Sendable {
  let kind: WaveKind
  let isMuster: Bool
  let isRenewal: Bool
  let isRollout: Bool
  let hosts: Int
  let peakExposed: Int
  let needsApproval: Bool

  init(_ wave: Wave) {
    kind = wave.kind
    isMuster = wave.kind == .muster
    isRenewal = wave.kind == .renewal
    isRollout = wave.kind == .rollout
    hosts = wave.hosts
    peakExposed = wave.peakExposed
    needsApproval = wave.needsApproval
  }
}

extension PlanShape {
  var kmsHosts: Range<Int> { chains.indices }
}

extension Engine {
  /// What makes a way to a KMS host: site, KMS host and product.
  struct Path: Hashable {
    var site: String
    var kmsHost: KMSHostID
    var product: String
  }

  /// The ways of a plan, in the order in which its hosts first use them.
  static func paths(of plan: Plan) -> [Path] {
    var seen: Set<Path> = []
    return plan.hosts.compactMap { host in
      let path = Path(site: host.site, kmsHost: host.kmsHost, product: host.product)
      return seen.insert(path).inserted ? path : nil
    }
  }
}
