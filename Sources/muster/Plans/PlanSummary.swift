import Planning
import VolumeActivation

/// A plan as people read it: identical hosts folded into one line, counted and named.
struct PlanSummary: Encodable {
  var format = "muster-show/1"
  var plan: String
  var digest: PlanDigest
  var draft: Bool
  var asOf: Date8601
  var hosts: Totals
  var kmsHosts: [PlannedKMSHost]
  var maks: [PlannedMAK]
  /// Activations that are held of a MAK beside those its exposed hosts may need.
  var spares: Int
  var entitlements: [PlannedEntitlement]
  var waves: [WaveSummary]
  var leftOut: [LeftOutSummary]
  var warnings: [String]

  struct Totals: Encodable {
    var inventory: Int
    var migrate: Int
    var ask: Int
    var leftOut: Int
  }

  struct WaveSummary: Encodable {
    var number: Int
    var kind: WaveKind
    var kmsHost: KMSAddress
    var hosts: Int
    var peakExposed: Int
    var needsApproval: Bool
    var sites: [String]
    var groups: [HostGroup]
  }

  /// Hosts of one wave to whom the same happens.
  struct HostGroup: Encodable {
    var action: PlannedAction
    var product: String
    var edition: EditionID
    var from: PartialProductKey?
    var to: PartialProductKey
    var wayBack: WayBackSummary
    var exposed: Bool
    var hosts: Int
    var names: [String]
  }

  /// How a host gets back to its MAK, in a word.
  enum WayBackSummary: String, Encodable {
    case none
    case notNeeded = "not needed"
    case activation
    /// By the confirmation ID that was kept.
    case storedID = "stored ID"

    init(_ host: PlannedHost) {
      self =
        switch host.wayBack {
        case .none: host.licensed && host.action == .migrate ? .none : .notNeeded
        case .online: .activation
        case .confirmation: .storedID
        }
    }
  }

  /// Hosts that the same verdict befell for the same reason.
  struct LeftOutSummary: Encodable {
    var verdict: Verdict
    var reason: String
    var hosts: Int
    var names: [String]
  }

  init(_ plan: Plan, file: String) {
    self.plan = file
    digest = plan.digest
    draft = plan.header.draft
    asOf = Date8601(plan.header.asOf)
    let asked = plan.hosts.count { $0.action == .ask }
    hosts = Totals(
      inventory: plan.hosts.count + plan.leftOut.count, migrate: plan.hosts.count - asked,
      ask: asked, leftOut: plan.leftOut.count)
    kmsHosts = plan.header.kmsHosts
    maks = plan.header.maks
    spares = plan.header.policy.spares
    entitlements = plan.header.entitlements
    warnings = plan.header.warnings
    waves = Self.waves(of: plan)
    leftOut = Self.leftOut(of: plan)
  }

  /// What can be told before the plan is read back: counts, no names.
  init(_ proposal: Proposal, digest: PlanDigest, file: String) {
    format = "muster-planned/1"
    plan = file
    self.digest = digest
    draft = proposal.header.draft
    asOf = Date8601(proposal.header.asOf)
    let asked = proposal.waves.reduce(0) { $0 + ($1.kind == .renewal ? $1.hosts : 0) }
    hosts = Totals(
      inventory: proposal.plannedHosts + proposal.leftOutHosts,
      migrate: proposal.plannedHosts - asked, ask: asked, leftOut: proposal.leftOutHosts)
    kmsHosts = proposal.header.kmsHosts
    maks = proposal.header.maks
    spares = proposal.header.policy.spares
    entitlements = proposal.header.entitlements
    warnings = proposal.header.warnings
    waves = proposal.waves.map { wave in
      WaveSummary(
        number: wave.number, kind: wave.kind,
        kmsHost: proposal.header.kmsHosts[Int(wave.kmsHost.rawValue)].address, hosts: wave.hosts,
        peakExposed: wave.peakExposed, needsApproval: wave.needsApproval, sites: wave.sites,
        groups: [])
    }
    leftOut = proposal.verdicts.map { verdict, hosts in
      LeftOutSummary(verdict: verdict, reason: "", hosts: hosts, names: [])
    }
  }

  private static func waves(of plan: Plan) -> [WaveSummary] {
    var byWave: [[PlannedHost]] = Array(repeating: [], count: plan.waves.count)
    for host in plan.hosts { byWave[Int(host.wave.rawValue)].append(host) }
    return zip(plan.waves, byWave).map { wave, hosts in
      WaveSummary(
        number: wave.number, kind: wave.kind,
        kmsHost: plan.header.kmsHosts[Int(wave.kmsHost.rawValue)].address, hosts: wave.hosts,
        peakExposed: wave.peakExposed, needsApproval: wave.needsApproval, sites: wave.sites,
        groups: fold(hosts))
    }
  }

  /// Hosts that differ only by name, in the order in which the first of them is begun.
  private static func fold(_ hosts: [PlannedHost]) -> [HostGroup] {
    var places: [GroupKey: Int] = [:]
    var groups: [(key: GroupKey, names: [String])] = []
    for host in hosts {
      let key = GroupKey(host)
      if let place = places[key] {
        groups[place].names.append(host.name.rawValue)
      } else {
        places[key] = groups.count
        groups.append((key, [host.name.rawValue]))
      }
    }
    return groups.map { key, names in
      HostGroup(
        action: key.action, product: key.product, edition: key.edition, from: key.from, to: key.to,
        wayBack: key.wayBack, exposed: key.exposed, hosts: names.count,
        names: HostRanges(names).folded)
    }
  }

  private struct GroupKey: Hashable {
    var action: PlannedAction
    var product: String
    var edition: EditionID
    var from: PartialProductKey?
    var to: PartialProductKey
    var wayBack: WayBackSummary
    var exposed: Bool

    init(_ host: PlannedHost) {
      action = host.action
      product = host.product
      edition = host.edition
      from = host.from
      to = host.to
      exposed = host.exposed
      wayBack = WayBackSummary(host)
    }
  }

  private static func leftOut(of plan: Plan) -> [LeftOutSummary] {
    struct Key: Hashable {
      var verdict: Verdict
      var reason: String
    }
    let folded = Dictionary(grouping: plan.leftOut) {
      Key(verdict: $0.verdict, reason: $0.reason)
    }
    let precedence = Dictionary(
      uniqueKeysWithValues: Verdict.allCases.enumerated().map { ($1, $0) })
    let groups = folded.map { key, hosts in
      LeftOutSummary(
        verdict: key.verdict, reason: key.reason, hosts: hosts.count,
        names: HostRanges(hosts.map(\.name)).folded)
    }
    return groups.sorted { left, right in
      (precedence[left.verdict] ?? 0, -left.hosts, left.reason)
        < (precedence[right.verdict] ?? 0, -right.hosts, right.reason)
    }
  }
}
