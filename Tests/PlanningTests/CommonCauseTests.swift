import Planning
import Randomness
import Testing

/// What is behind all hosts, or all hosts of a site, breaks independence; a canary for each path
/// proves it absent before many hosts depend on it.
///
/// Source: PLANNING.md, sections 2.1 and 2.3.
struct CommonCauseTests {
  /// One world: nobody has a path in 2 of 100, a site has none in 2 of 100, and a host that has one
  /// fails by itself in 1 of 100.
  private struct World {
    let sites: [Bool]
    /// Each host's site, and whether it is sound itself.
    let hosts: [(site: Int, sound: Bool)]

    init(hosts: Int, sites: Int, random: inout SplitMix64) {
      let shut = random.happens(0.02)
      self.sites = (0..<sites).map { _ in !random.happens(0.02) && !shut }
      self.hosts = (0..<hosts).map { ($0 % sites, random.happens(0.99)) }
    }

    func answers(_ host: Int) -> Bool { sites[hosts[host].site] && hosts[host].sound }

    /// Changed and left without a licence, unless by a fault of its own, which no policy can
    /// foresee.
    func stranded(_ changed: [Int], counted: Int) -> Int {
      counted >= 25
        ? changed.count { !sites[hosts[$0].site] } : changed.count { hosts[$0].sound }
    }
  }

  /// As many hosts as three nines need if they were independent, in turn, checked at the same level
  /// after each failure.
  private func independentGuard(_ world: World) -> Int {
    func projected(needed: Int, ready: Int) -> Double {
      chance(count: needed, chances: Array(repeating: 0.99, count: ready))
    }
    var wave = 25
    while wave < world.hosts.count, projected(needed: 25, ready: wave) < 0.999 { wave += 1 }
    var changed: [Int] = []
    var counted = 0
    for host in 0..<wave where counted < 25 {
      changed.append(host)
      if world.answers(host) {
        counted += 1
      } else if projected(needed: 25 - counted, ready: wave - changed.count) < 0.999 {
        break
      }
    }
    return world.stranded(changed, counted: counted)
  }

  /// One canary for each path, then everybody in turn until 25 are counted; a path that fails twice
  /// before it ever answered leaves the pool; the guard decides after each answer.
  private func ourGuard(_ world: World) -> Int {
    var pool = Array(world.hosts.indices)
    var changed: [Int] = []
    var counted = 0
    var failed = 0
    var failures = world.sites.map { _ in 0 }
    var proved = world.sites.map { _ in false }
    while counted < 25 {
      var state = Guard(threshold: 25, count: counted, ready: pool.count)
      state.counted = counted
      state.failed = failed
      state.exposed = changed.count
      let figures = changed.isEmpty ? state.open(confidence: 0.99) : state.goOn(confidence: 0.99)
      guard figures.passes,
        let next = pool.firstIndex(where: { !proved[world.hosts[$0].site] }) ?? pool.indices.first
      else { break }
      let host = pool.remove(at: next)
      let site = world.hosts[host].site
      changed.append(host)
      if world.answers(host) {
        counted += 1
        proved[site] = true
      } else if proved[site] {
        failed += 1
      } else {
        failures[site] += 1
        if failures[site] == 2 { pool.removeAll { world.hosts[$0].site == site } }
      }
    }
    return world.stranded(changed, counted: counted)
  }

  @Test(arguments: [28, 30, 40, 60], [1, 3])
  func `canaries and the level to go on strand fewer than a plain independent guard`(
    hosts: Int, sites: Int
  ) {
    var random = SplitMix64(seed: UInt64(hosts * 10 + sites))
    let runs = 20_000
    var plain = 0
    var ours = 0
    for _ in 0..<runs {
      let world = World(hosts: hosts, sites: sites, random: &random)
      plain += independentGuard(world)
      ours += ourGuard(world)
    }
    let figures = "\(Double(plain) / Double(runs)) plain, \(Double(ours) / Double(runs)) ours"
    #expect(3 * ours < 2 * plain, "stranded per run: \(figures)")
  }
}
