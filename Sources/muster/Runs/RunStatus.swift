import Engine
import Execution
import Planning
import VolumeActivation

/// Where a run stands: what `status` prints, and what `apply` ends with.
struct RunStatus: Encodable {
  var format = "muster-status/1"
  var plan: String
  var digest: PlanDigest
  /// Who runs it now; nil when nobody does.
  var owner: String?
  var finished: Bool
  var hosts: Int
  /// Hosts whose MAK licence is gone and whose KMS licence has not come.
  var exposed: Int
  var phases: [String: Int]
  var waves: [WaveStatus]
  var kmsHosts: [KMSHostStatus]
  var maks: [MAKStatus]
  var holds: [HoldStatus]

  struct WaveStatus: Encodable {
    var number: Int
    var kind: WaveKind
    var stage: WaveState.Stage
    /// Whether it waits for a person's approval.
    var needsApproval: Bool
    var hosts: Int
    var exposed: Int
    var phases: [String: Int]
  }

  struct KMSHostStatus: Encodable {
    var address: KMSAddress
    /// nil when it is unknown.
    var count: Int?
    var readAt: Date8601?
    var thresholds: [Int]
  }

  struct MAKStatus: Encodable {
    var endsWith: PartialProductKey
    /// Left when the plan was made.
    var activationsLeft: Int
    /// Sent in this run and not proven unspent.
    var spent: Int
    /// Held for hosts that may have to go back.
    var held: Int
  }

  struct HoldStatus: Encodable {
    var id: HoldID
    var scope: String
    var reason: String
    var text: String
  }

  init(
    plan: Plan, file: String, hosts rows: [HostRun], run: RunState, owner: RunOwner?
  ) {
    self.plan = file
    digest = plan.digest
    self.owner = owner?.description
    finished = run.finished
    hosts = rows.count
    exposed = rows.count(where: \.isExposed)
    phases = Self.tally(rows)

    var byWave: [[HostRun]] = Array(repeating: [], count: plan.waves.count)
    for (host, row) in zip(plan.hosts, rows) { byWave[Int(host.wave.rawValue)].append(row) }
    waves = zip(zip(plan.waves, run.waves), byWave).map { waves, rows in
      let (wave, state) = waves
      return WaveStatus(
        number: wave.number, kind: wave.kind, stage: state.stage,
        needsApproval: wave.needsApproval && !state.approved, hosts: rows.count,
        exposed: rows.count(where: \.isExposed), phases: Self.tally(rows))
    }
    kmsHosts = zip(plan.header.kmsHosts, run.kmsHosts).map { host, known in
      KMSHostStatus(
        address: host.address, count: known.count(under: .windows),
        readAt: known.readAt.map(Date8601.init),
        thresholds: host.projections.map(\.threshold))
    }
    var spent = Array(repeating: 0, count: plan.header.maks.count)
    var held = spent
    for (host, row) in zip(plan.hosts, rows) {
      guard let mak = host.wayBack.mak else { continue }
      spent[Int(mak.rawValue)] += Int(row.spent)
      if row.marks.contains(.reserved) {
        held[Int(mak.rawValue)] += max(0, Int(row.granted) - Int(row.spent))
      }
    }
    maks = plan.header.maks.indices.map { place in
      let mak = plan.header.maks[place]
      return MAKStatus(
        endsWith: mak.endsWith, activationsLeft: mak.activationsLeft, spent: spent[place],
        held: held[place])
    }
    let text = HoldText(plan: plan)
    holds = run.holds.map { hold in
      HoldStatus(
        id: hold.id, scope: text.scope(hold.scope), reason: hold.reason.word,
        text: text.line(hold))
    }
  }

  private static func tally(_ rows: [HostRun]) -> [String: Int] {
    rows.reduce(into: [:]) { $0[$1.phase.word, default: 0] += 1 }
  }
}

extension RunStatus {
  /// Exposed hosts that no process watches.
  var unwatched: Int { owner == nil ? exposed : 0 }

  func count(_ phase: Phase) -> Int { phases[phase.word] ?? 0 }

  /// How a run that is over ends: hosts that a person must see make the difference.
  var ending: ExitStatus {
    let bad = ["failed", "stranded", "drifted", "unsettled"].reduce(0) { $0 + (phases[$1] ?? 0) }
    return bad == 0 ? .done : .someHostsFailed
  }
}

extension WaveState.Stage: Encodable {
  /// `pending`, `open`, `soaked` or `closed`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(word)
  }
}
