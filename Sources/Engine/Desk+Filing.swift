import HeapModule
import VolumeActivation

extension Desk {
  /// Nothing has happened yet, and no host is summed.
  init(_ shape: PlanShape) {
    self.shape = shape
    let hosts = DenseSet(capacity: shape.facts.count)
    let kmsHosts = shape.chains.count
    let paths = shape.pathRange.count
    bearings = Array(repeating: Bearing(), count: shape.facts.count)
    exposedByKMSHost = Array(repeating: 0, count: kmsHosts)
    exposedByGroup = Array(repeating: 0, count: shape.groups)
    underWayBySite = Array(repeating: 0, count: shape.sites)
    onPath = Array(repeating: 0, count: paths)
    asking = Array(repeating: 0, count: kmsHosts)
    waiting = Array(repeating: 0, count: kmsHosts)
    held = Array(repeating: 0, count: shape.maks)
    spent = Array(repeating: 0, count: shape.maks)
    backOnMAK = Array(repeating: 0, count: shape.maks)
    closing = Array(repeating: 0, count: shape.waveRange.count)
    stands = Array(repeating: 0, count: shape.waveRange.count * Bearing.Stand.count)
    currentWave = shape.chains.map(\.first)
    stirred = Array(repeating: true, count: kmsHosts)
    musters = Array(repeating: MusterView(), count: kmsHosts)
    machines = Array(repeating: [:], count: kmsHosts)
    shownMachine = Array(repeating: 0, count: shape.facts.count)
    looks = hosts
    planned = hosts
    begin = hosts
    key = hosts
    onward = hosts
    back = hosts
    sentBack = hosts
    attention = hosts
    looking = hosts
    stale = hosts
    beginPaths = DenseSet(capacity: paths)
    reading = DenseSet(capacity: kmsHosts)
    overtaken = DenseSet(capacity: kmsHosts)
  }

  /// Takes a host's bearing in anew.
  ///
  /// - Complexity: O(1), but for the timers' heap.
  mutating func file(_ host: Int, _ run: HostRun, _ filing: Filing) {
    let fact = shape.facts[host]
    var new = Bearing(run, facts: fact, isStale: stale.contains(host), filing)
    // A look under way answers the wish for one; it keeps nobody from a step that needs none.
    if looking.contains(host), new.queue == .look || new.queue == .planned { new.queue = .none }
    let old = bearings[host]
    guard new != old else { return }
    bearings[host] = new
    if new.queue != old.queue {
      leave(old.queue, host)
      enter(new.queue, host)
    }
    if let timer = new.timer, timer != old.timer { timers.insert(Timer(at: timer, host: host)) }
    if new.sums.contains(.sentBack) != old.sums.contains(.sentBack) {
      if new.sums.contains(.sentBack) {
        sentBack.insert(shape.rank[host])
      } else {
        sentBack.remove(shape.rank[host])
      }
    }
    add(new, to: fact, replacing: old)
    if new.part != old.part {
      followPool(of: fact, from: old.part, to: new.part, reading: run.reading)
      stir(fact.kmsHost)
    }
  }

  /// A look at a host in a queue for looks is under way: it leaves that queue.
  mutating func beginLook(at host: Int) {
    looking.insert(host)
    leave(bearings[host].queue, host)
    bearings[host].queue = .none
  }

  /// Keeps the pool of a host's wave; it takes none in whose path is closed, which no bearing shows.
  private mutating func followPool(
    of fact: HostFacts, from old: Bearing.Part, to new: Bearing.Part, reading: UInt32
  ) {
    guard musters[fact.kmsHost].pool?.wave == fact.wave else { return }
    if hasClosedPaths { return forgetPool(of: fact.kmsHost) }
    musters[fact.kmsHost].pool?.remove(old, of: fact, reading: reading)
    musters[fact.kmsHost].pool?.add(new, of: fact, reading: reading)
  }

  /// A pool is gathered anew after a reading, and after a path was closed or opened.
  mutating func forgetPool(of kmsHost: Int) { musters[kmsHost].pool = nil }

  private mutating func leave(_ queue: Bearing.Queue, _ host: Int) {
    switch queue {
    case .none: break
    case .look: looks.remove(host)
    case .planned: planned.remove(host)
    case .begin:
      begin.remove(shape.beginPlace[host])
      let range = shape.pathRange[shape.facts[host].path]
      if begin.first(from: range.lowerBound, below: range.upperBound) == nil {
        beginPaths.remove(shape.facts[host].path)
      }
    case .key: key.remove(host)
    case .onward: onward.remove(host)
    case .back: back.remove(shape.rank[host])
    }
  }

  private mutating func enter(_ queue: Bearing.Queue, _ host: Int) {
    switch queue {
    case .none: break
    case .look: looks.insert(host)
    case .planned: planned.insert(host)
    case .begin:
      begin.insert(shape.beginPlace[host])
      beginPaths.insert(shape.facts[host].path)
    case .key: key.insert(host)
    case .onward: onward.insert(host)
    case .back: back.insert(shape.rank[host])
    }
  }

  /// Counts a host where it stood when nothing was known of it.
  mutating func count(_ host: Int) {
    let bearing = bearings[host]
    stands[shape.facts[host].wave * Bearing.Stand.count + bearing.stand.place] += 1
  }

  /// Takes the difference between two bearings of a host into the sums.
  private mutating func add(_ new: Bearing, to fact: HostFacts, replacing old: Bearing) {
    if new.stand != old.stand {
      let wave = fact.wave * Bearing.Stand.count
      stands[wave + old.stand.place] -= 1
      stands[wave + new.stand.place] += 1
    }
    let left = old.sums.subtracting(new.sums)
    if !left.isEmpty { add(-1, to: left, of: fact) }
    let joined = new.sums.subtracting(old.sums)
    if !joined.isEmpty { add(1, to: joined, of: fact) }
    guard let mak = fact.mak else { return }
    if new.held != old.held { held[mak] += Int(new.held) - Int(old.held) }
    if new.spent != old.spent { spent[mak] += Int(new.spent) - Int(old.spent) }
  }

  /// A host joins these sums, or leaves them with -1.
  private mutating func add(_ one: Int, to sums: Bearing.Sums, of fact: HostFacts) {
    if sums.contains(.exposed) {
      exposed += one
      exposedByKMSHost[fact.kmsHost] += one
      if let group = fact.group { exposedByGroup[group] += one }
    }
    if sums.contains(.underWay) {
      underWay += one
      underWayBySite[fact.site] += one
    }
    if sums.contains(.changing) { changing += one }
    if sums.contains(.begun) { begun += one }
    if sums.contains(.lookedAhead) { lookedAhead += one }
    if sums.contains(.onPath) { onPath[fact.path] += one }
    if sums.contains(.asking) { asking[fact.kmsHost] += one }
    if sums.contains(.backOnMAK), let mak = fact.mak { backOnMAK[mak] += one }
    if sums.contains(.closing) { closing[fact.wave] += one }
    if sums.contains(.awaited) { awaited += one }
    if sums.contains(.waiting) { waiting[fact.kmsHost] += one }
    if sums.contains(.active) { active += one }
  }
}
