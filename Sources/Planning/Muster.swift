import VolumeActivation

/// How one KMS host is brought to its threshold: who is asked, in which order, and what it takes.
struct Muster {
  var scope: MusterScope
  /// The muster wave, in order; empty when the count is there already, or out of reach.
  var hosts: [UInt32] = []
  /// How many of them, from the first, the order exposes, by index.
  var exposed: Set<UInt32> = []
  var peakExposed = 0
  /// By MAK, the most that is exposed on it.
  var peakByMAK: [UInt16: Int] = [:]
  /// What a limit forbids; nil when the order keeps them all.
  var limit: PlanRefusal.Limit?

  /// A muster wave has so many hosts that it is through with this chance if each of them answers
  /// with `expected`; the engine draws from them until the threshold is reached.
  private static let certainty = 0.999
  private static let expected = 0.9

  /// - `pool`: The hosts that may muster, each raising the count.
  /// - `threshold`: What the count is brought to.
  init(
    scope: MusterScope, pool: [UInt32], renewals: Renewals, threshold: Int, survey: Survey,
    ignoringLimits: Bool
  ) {
    self.scope = scope
    let needed = threshold - renewals.count
    guard scope != .nobody, needed > 0, !pool.isEmpty else { return }
    let size = Self.size(needed: needed, confidence: survey.judge.terms.policy.confidence)
    var roster = Roster(pool, of: survey, limit: max(size, threshold))
    let policy = survey.judge.terms.policy
    var input = OrderInput(
      count: renewals.count, memoryIsSmall: renewals.memoryIsSmall,
      servers: roster.weights(.server), clients: roster.weights(.client))
    input.maxExposed = ignoringLimits ? nil : policy.maxExposed
    input.spares = policy.reserve
    var order = Order(input)
    if order == nil, input.maxExposed != nil {
      input.maxExposed = nil
      if let unlimited = Order(input) {
        limit = .maxExposed(
          peak: unlimited.peak, spares: policy.reserve, allowed: policy.maxExposed)
        order = unlimited
      }
    }
    guard let order else {
      // Only a draft gets here: there are too few, and they are shown as they would be asked.
      hosts = roster.takeAll()
      exposed = Set(hosts)
      peakExposed = hosts.count
      return
    }
    for position in order.positions {
      guard let host = roster.take(position.kind) else { continue }
      hosts.append(host)
      if position.exposed { exposed.insert(host) }
    }
    peakExposed = order.peak
    for host in hosts where exposed.contains(host) {
      let mak = survey.hosts[Int(host)].mak
      if mak != Assessment.nobody { peakByMAK[mak, default: 0] += 1 }
    }
    if !ignoringLimits { checkActivations(survey) }
    hosts += roster.reserves(size - hosts.count)
  }

  /// The least number of hosts that reaches what is needed with the certainty wanted.
  private static func size(needed: Int, confidence: Double) -> Int {
    let wanted = max(confidence, certainty)
    for size in needed...(2 * needed + 8)
    where chance(count: needed, chances: Array(repeating: expected, count: size)) >= wanted {
      return size
    }
    return 2 * needed + 8
  }

  /// The order may expose more on a MAK than activations can be held for.
  private mutating func checkActivations(_ survey: Survey) {
    for (mak, peak) in peakByMAK.sorted(by: { $0.key < $1.key }) where limit == nil {
      let declared = survey.judge.terms.maks[Int(mak)]
      let spares = survey.judge.terms.policy.reserve
      if peak + spares > declared.activationsLeft {
        limit = .activations(
          declared.endsWith, peak: peak, spares: spares, left: declared.activationsLeft)
      }
    }
  }
}
