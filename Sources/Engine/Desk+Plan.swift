import HeapModule
import Planning
import VolumeActivation

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

extension Desk {
  init(plan: Plan) {
    let hosts = plan.hosts.count
    let paths = Engine.paths(of: plan)
    let pathNumbers = Dictionary(uniqueKeysWithValues: zip(paths, paths.indices))
    var sites: [String: Int] = [:]
    var groups: [String: Int] = [:]
    func number(_ text: String, _ table: inout [String: Int]) -> Int {
      if let known = table[text] { return known }
      table[text] = table.count
      return table.count - 1
    }
    facts = plan.hosts.map { host in
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
    let kmsHosts = plan.header.kmsHosts.count
    let maks = plan.header.maks.count
    bearings = []
    exposedByKMSHost = Array(repeating: 0, count: kmsHosts)
    exposedByGroup = Array(repeating: 0, count: groups.count)
    underWayBySite = Array(repeating: 0, count: sites.count)
    onPath = Array(repeating: 0, count: paths.count)
    asking = Array(repeating: 0, count: kmsHosts)
    waiting = Array(repeating: 0, count: kmsHosts)
    held = Array(repeating: 0, count: maks)
    spent = Array(repeating: 0, count: maks)
    backOnMAK = Array(repeating: 0, count: maks)
    closing = Array(repeating: 0, count: plan.waves.count)
    stands = Array(
      repeating: Array(repeating: 0, count: Bearing.Stand.allCases.count), count: plan.waves.count)
    stirred = Array(repeating: true, count: kmsHosts)
    leaves = Array(repeating: nil, count: kmsHosts)
    machines = Array(repeating: [:], count: kmsHosts)
    looks = DenseSet(capacity: hosts)
    planned = looks
    begin = looks
    key = looks
    onward = looks
    back = looks
    sentBack = looks
    attention = looks
    looking = looks
    stale = looks
    beginPaths = DenseSet(capacity: paths.count)

    var ranges = Array(repeating: 0..<0, count: plan.waves.count)
    for (index, fact) in facts.enumerated() {
      let range = ranges[fact.wave]
      ranges[fact.wave] = range.isEmpty ? index..<index + 1 : range.lowerBound..<index + 1
    }
    waveRange = ranges
    var chains = Array(repeating: [Int](), count: kmsHosts)
    for (index, wave) in plan.waves.enumerated() {
      chains[Int(wave.kmsHost.rawValue)].append(index)
    }
    self.chains = chains

    let facts = facts
    beginHost = facts.indices.sorted { (facts[$0].path, $0) < (facts[$1].path, $1) }
    beginPlace = Array(repeating: 0, count: hosts)
    pathRange = Array(repeating: 0..<0, count: paths.count)
    siteOfPath = Array(repeating: 0, count: paths.count)
    for (place, host) in beginHost.enumerated() {
      beginPlace[host] = place
      let path = facts[host].path
      siteOfPath[path] = facts[host].site
      pathRange[path] =
        pathRange[path].isEmpty ? place..<place + 1 : pathRange[path].lowerBound..<place + 1
    }
    hostOfRank = facts.indices.sorted { (-facts[$0].weight, $0) < (-facts[$1].weight, $1) }
    rank = Array(repeating: 0, count: hosts)
    for (place, host) in hostOfRank.enumerated() { rank[host] = place }
  }

  /// Takes a host's bearing in anew.
  ///
  /// - Complexity: O(1), but for the timers' heap.
  mutating func file(_ host: Int, _ run: HostRun, era: UInt32, now: Timestamp) {
    let fact = facts[host]
    var new = Bearing(run, facts: fact, isStale: stale.contains(host), era: era, now: now)
    // A look under way answers the wish for one; it keeps nobody from a step that needs none.
    if looking.contains(host), new.queue == .look || new.queue == .planned { new.queue = .none }
    let old = bearings[host]
    if run.phase == .licensed, run.wish == .back {
      sentBack.insert(rank[host])
    } else {
      sentBack.remove(rank[host])
    }
    guard new != old else { return }
    bearings[host] = new
    if new.queue != old.queue {
      leave(old.queue, host)
      enter(new.queue, host)
    }
    if let timer = new.timer, timer != old.timer { timers.insert(Timer(at: timer, host: host)) }
    sum(old, fact, -1)
    sum(new, fact, 1)
  }

  private mutating func leave(_ queue: Bearing.Queue, _ host: Int) {
    switch queue {
    case .none: break
    case .look: looks.remove(host)
    case .planned: planned.remove(host)
    case .begin:
      begin.remove(beginPlace[host])
      let range = pathRange[facts[host].path]
      if begin.first(from: range.lowerBound, below: range.upperBound) == nil {
        beginPaths.remove(facts[host].path)
      }
    case .key: key.remove(host)
    case .onward: onward.remove(host)
    case .back: back.remove(rank[host])
    }
  }

  private mutating func enter(_ queue: Bearing.Queue, _ host: Int) {
    switch queue {
    case .none: break
    case .look: looks.insert(host)
    case .planned: planned.insert(host)
    case .begin:
      begin.insert(beginPlace[host])
      beginPaths.insert(facts[host].path)
    case .key: key.insert(host)
    case .onward: onward.insert(host)
    case .back: back.insert(rank[host])
    }
  }

  mutating func sum(_ bearing: Bearing, _ fact: HostFacts, _ sign: Int) {
    stands[fact.wave][bearing.stand.rawValue] += sign
    if bearing.exposed {
      exposed += sign
      exposedByKMSHost[fact.kmsHost] += sign
      if let group = fact.group { exposedByGroup[group] += sign }
    }
    if bearing.underWay {
      underWay += sign
      underWayBySite[fact.site] += sign
    }
    if bearing.changing { changing += sign }
    if bearing.begun { begun += sign }
    if bearing.lookedAhead { lookedAhead += sign }
    if bearing.onPath { onPath[fact.path] += sign }
    if bearing.asking { asking[fact.kmsHost] += sign }
    if bearing.stand == .waiting { waiting[fact.kmsHost] += sign }
    if bearing.closing { closing[fact.wave] += sign }
    if let mak = fact.mak {
      held[mak] += sign * bearing.held
      spent[mak] += sign * bearing.spent
      if bearing.backOnMAK { backOnMAK[mak] += sign }
    }
    switch bearing.stand {
    case .ready, .underWay, .unknown, .waiting, .back: active += sign
    case .planned, .licensed, .restored, .failed, .skipped, .drifted, .stranded, .unsettled,
      .rescued:
      break
    }
  }
}
