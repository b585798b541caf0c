import VolumeActivation

/// What planning makes of an inventory: a plan that is ready to be written, or why it is refused.
///
/// It holds a million hosts as numbers; `Plan` is what reading the written document gives.
package struct Proposal: Sendable {
  package let header: PlanHeader
  package let waves: [Wave]
  /// Why the plan must not be written; nil when it may, and in a draft.
  package let refusal: PlanRefusal?
  let inventory: Inventory
  let products: ProductTable
  let reasons: [String]
  /// Everybody, by name.
  let hosts: [Assessment]
  /// The planned ones in the order they are begun, as indices of `hosts`.
  let order: [UInt32]

  /// Plans.
  ///
  /// - `draft`: Plans what the guard refuses too; such a plan cannot be applied. What it
  ///   does not refuse is planned as ever.
  package init(_ inventory: Inventory, _ terms: PlanningTerms, draft: Bool = false) {
    self.init(inventory, terms, ignoringGuard: false)
    if draft, refusal != nil { self.init(inventory, terms, ignoringGuard: true) }
  }

  private init(_ inventory: Inventory, _ terms: PlanningTerms, ignoringGuard draft: Bool) {
    let asOf = terms.asOf ?? inventory.hosts.lazy.compactMap(\.lastSeen).max()
    var survey = Survey(inventory, terms, asOf: asOf ?? Timestamp(rawValue: 0))
    let prospects = terms.kmsHosts.indices.map { KMSProspect($0, of: survey, draft: draft) }
    let shortfalls = Self.shortfalls(prospects, survey)
    if !draft {
      for (place, prospect) in prospects.enumerated() {
        survey.leaveOut(prospect.outOfReach, of: place)
      }
    }
    let limits = prospects.enumerated().compactMap { place, prospect in
      prospect.muster.limit.map {
        PlanRefusal.LimitedMuster(kmsHost: terms.kmsHosts[place].address, limit: $0)
      }
    }
    let layout = WaveLayout(prospects, of: survey)
    let migrates = layout.order.contains { survey.hosts[Int($0)].place == .migrate }
    let isRefused = !limits.isEmpty || !shortfalls.isEmpty && !migrates
    refusal = isRefused && !draft ? PlanRefusal(shortfalls: shortfalls, limits: limits) : nil
    layout.settle(&survey, prospects)
    let entitlements = survey.entitlements()
    header = PlanHeader(
      draft: draft, asOf: survey.judge.asOf, inventory: inventory.digest,
      policy: terms.policy,
      kmsHosts: zip(terms.kmsHosts, prospects).map { declared, prospect in
        PlannedKMSHost(
          address: declared.address, hostKey: declared.hostKey, count: declared.count ?? 0,
          countSource: declared.countSource, projections: prospect.projections,
          peakExposed: prospect.muster.peakExposed)
      },
      maks: survey.plannedMAKs(prospects), entitlements: entitlements,
      warnings: survey.warnings(
        prospects, shortfalls: shortfalls, entitlements: entitlements, waves: layout.waves))
    waves = layout.waves
    order = layout.order
    self.inventory = inventory
    products = survey.judge.products
    reasons = survey.judge.reasons.texts
    hosts = survey.hosts
  }

  private static func shortfalls(
    _ prospects: [KMSProspect], _ survey: Survey
  ) -> [PlanRefusal.Shortfall] {
    prospects.enumerated().flatMap { place, prospect in
      prospect.outOfReach.map { projection in
        let share = survey.shares[place]
        let missing = projection.threshold - projection.counted - projection.canAdd
        return PlanRefusal.Shortfall(
          kmsHost: survey.judge.terms.kmsHosts[place].address, projection: projection,
          hindrances: survey.hindrances(
            share, kinds: projection.kind == .client ? [.client, .server] : [.server]),
          advice: survey.advice(share, kind: projection.kind, missing: missing))
      }
    }
  }
}

extension Proposal {
  /// How many hosts each verdict leaves out, in the order of precedence; those with none are left
  /// out of the list.
  package var verdicts: [(verdict: Verdict, hosts: Int)] {
    var counts: [Verdict: Int] = [:]
    for host in hosts where host.place == .leftOut { counts[host.verdict, default: 0] += 1 }
    return Verdict.allCases.compactMap { verdict in counts[verdict].map { (verdict, $0) } }
  }

  /// How many hosts are planned.
  package var plannedHosts: Int { order.count }
  package var leftOutHosts: Int { hosts.count - order.count }
  /// Whether applying it would change or ask anybody.
  package var isEmpty: Bool { order.isEmpty }
}

extension Survey {
  /// Those whose threshold is out of reach stay on MAK.
  mutating func leaveOut(_ outOfReach: [Projection], of kmsHost: Int) {
    let share = shares[kmsHost]
    let name = judge.terms.kmsHosts[kmsHost].address
    for projection in outOfReach {
      let reached = projection.counted + projection.canAdd
      let text = """
        \(name) comes to \(reached) of the \(projection.threshold) that a \(projection.kind) \
        needs (\(projection.counted) counted now, \(projection.canAdd) that can be added)
        """
      for index in share.migrate + share.outOfSight {
        let host = hosts[Int(index)]
        guard host.kind == projection.kind else { continue }
        let suited = host.traits.contains(.suitsAD)
        let remedy =
          suited
          ? "use AD-based activation, which has no threshold, or keep its MAK" : "keep its MAK"
        hosts[Int(index)] = judge.refuse(
          host, .thresholdOutOfReach, because: "\(text); \(remedy)")
      }
    }
  }
}
