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
  mutating func file(_ host: Int, _ run: HostRun, era: UInt32, now: Timestamp) {
    let fact = shape.facts[host]
    var new = Bearing(run, facts: fact, isStale: stale.contains(host), era: era, now: now)
    // A look under way answers the wish for one; it keeps nobody from a step that needs none.
    if looking.contains(host), new.queue == .look || new.queue == .planned { new.queue = .none }
    let old = bearings[host]
    if run.phase == .licensed, run.wish == .back {
      sentBack.insert(shape.rank[host])
    } else {
      sentBack.remove(shape.rank[host])
    }
    guard new != old else { return }
    bearings[host] = new
    if new.queue != old.queue {
      leave(old.queue, host)
      enter(new.queue, host)
    }
    if let timer = new.timer, timer != old.timer { timers.insert(Timer(at: timer, host: host)) }
    add(new, to: fact, replacing: old)
    if new.part != old.part { stir(fact.kmsHost) }
  }

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
    stands[shape.facts[host].wave * Bearing.Stand.count + bearing.stand.rawValue] += 1
  }

  /// Takes the difference between two bearings of a host into the sums.
  private mutating func add(_ new: Bearing, to fact: HostFacts, replacing old: Bearing) {
    if new.stand != old.stand {
      let wave = fact.wave * Bearing.Stand.count
      stands[wave + old.stand.rawValue] -= 1
      stands[wave + new.stand.rawValue] += 1
      waiting[fact.kmsHost] += Self.step(old.stand == .waiting, new.stand == .waiting)
      active += Self.step(old.stand.isActive, new.stand.isActive)
    }
    if new.exposed != old.exposed {
      let step = Self.step(old.exposed, new.exposed)
      exposed += step
      exposedByKMSHost[fact.kmsHost] += step
      if let group = fact.group { exposedByGroup[group] += step }
    }
    if new.underWay != old.underWay {
      let step = Self.step(old.underWay, new.underWay)
      underWay += step
      underWayBySite[fact.site] += step
    }
    awaited += Self.step(old.isAwaited, new.isAwaited)
    changing += Self.step(old.changing, new.changing)
    begun += Self.step(old.begun, new.begun)
    lookedAhead += Self.step(old.lookedAhead, new.lookedAhead)
    if new.onPath != old.onPath { onPath[fact.path] += Self.step(old.onPath, new.onPath) }
    if new.asking != old.asking { asking[fact.kmsHost] += Self.step(old.asking, new.asking) }
    if new.closing != old.closing { closing[fact.wave] += Self.step(old.closing, new.closing) }
    guard let mak = fact.mak else { return }
    if new.held != old.held { held[mak] += new.held - old.held }
    if new.spent != old.spent { spent[mak] += new.spent - old.spent }
    if new.backOnMAK != old.backOnMAK {
      backOnMAK[mak] += Self.step(old.backOnMAK, new.backOnMAK)
    }
  }

  /// What a host adds to a count: 1 when it comes in, -1 when it goes.
  private static func step(_ before: Bool, _ after: Bool) -> Int {
    (after ? 1 : 0) - (before ? 1 : 0)
  }
}
