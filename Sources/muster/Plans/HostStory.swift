import Engine
import Execution
import Planning
import VolumeActivation

/// What a plan and its journal say of one host.
struct HostStory: Encodable {
  var format = "muster-host/1"
  var name: String
  /// What is planned for it; nil when it is left out.
  var planned: PlannedHost?
  var wave: WaveSummary?
  var kmsHost: KMSAddress?
  /// The MAK that it goes back to.
  var mak: PlannedMAK?
  /// Its verdict; nil when it is planned.
  var leftOut: LeftOutHost?
  /// Where it stands in the run; nil before the plan was applied.
  var run: Standing?

  struct WaveSummary: Encodable {
    var number: Int
    var kind: WaveKind
    var hosts: Int
    /// Its place in the order of its wave, counted from 1.
    var position: Int
    var needsApproval: Bool
  }

  struct Standing: Encodable {
    var phase: String
    var step: String?
    var exposed: Bool
    /// MAK activations that were sent for it and not proven unspent.
    var activationsSpent: Int

    init(_ row: HostRun) {
      phase = row.phase.word
      step = row.phase.step?.word
      exposed = row.isExposed
      activationsSpent = Int(row.spent)
    }
  }

  /// nil when the plan knows no host with this name.
  ///
  /// - Parameter rows: The hosts of the plan's journal; empty when there is none.
  init?(of text: String, in plan: Plan, rows: [HostRun]) {
    guard let wanted = HostName(text) else { return nil }
    guard let place = plan.hosts.firstIndex(where: { $0.name == wanted }) else {
      guard let host = plan.leftOut.first(where: { HostName($0.name) == wanted }) else {
        return nil
      }
      name = host.name
      leftOut = host
      return
    }
    let host = plan.hosts[place]
    let wave = plan.waves[Int(host.wave.rawValue)]
    let first = plan.hosts.firstIndex { $0.wave == host.wave } ?? place
    name = host.name.rawValue
    planned = host
    self.wave = WaveSummary(
      number: wave.number, kind: wave.kind, hosts: wave.hosts, position: place - first + 1,
      needsApproval: wave.needsApproval)
    kmsHost = plan.header.kmsHosts[Int(host.kmsHost.rawValue)].address
    mak = host.wayBack.mak.map { plan.header.maks[Int($0.rawValue)] }
    if rows.indices.contains(place) { run = Standing(rows[place]) }
  }
}

extension HostStory {
  func text(_ style: Style) -> String {
    var lines: [String] = []
    func say(_ title: String, _ text: String) {
      let wrapped = Paragraph(text, indent: 13).lines
      let padded = title + String(repeating: " ", count: 11 - title.count)
      lines.append("  " + padded + (wrapped.first?.dropFirst(13) ?? ""))
      lines += wrapped.dropFirst()
    }
    if let leftOut {
      lines.append(style.bold(name) + site(leftOut.site))
      say("verdict", "\(leftOut.verdict.words): it stays as it is")
      say("because", "\(leftOut.reason).")
    }
    guard let planned, let wave, let kmsHost else { return lines.joined(separator: "\n") }
    lines.append(style.bold(name) + site(planned.site))
    say("is", "\(planned.product) \(planned.edition.rawValue), build \(planned.build)")
    let licence = planned.licensed ? "licensed" : "not licensed: nothing to lose"
    switch planned.action {
    case .migrate:
      let key = planned.from.map { "on the MAK …\($0)" } ?? "without a key"
      say("now", "\(key), \(licence)")
      say("becomes", "a KMS client of \(kmsHost) with the published key …\(planned.to)")
    case .ask:
      say("now", "a KMS client of \(kmsHost), \(licence)")
      say("becomes", "the same: it is asked to renew, which changes nothing")
    }
    say(
      "when",
      "wave \(wave.number), \(wave.kind.rawValue), as number \(wave.position) of \(wave.hosts)"
        + (wave.needsApproval ? "; the wave waits for approval" : ""))
    say("count", planned.raisesCount ? "its request raises it" : "its request does not raise it")
    say("exposed", exposure(planned))
    if let group = planned.group { say("group", "\(group): one of it at a time") }
    if planned.action == .migrate { say("way back", wayBack(planned)) }
    if let run { say("run", standing(run, style)) }
    return lines.joined(separator: "\n")
  }

  private func site(_ site: String) -> String { site.isEmpty ? "" : ", site \(site)" }

  private func exposure(_ host: PlannedHost) -> String {
    host.exposed
      ? "from its change until the count reaches \(host.kind.threshold)"
      : "no: the count suffices when its turn comes"
  }

  private func wayBack(_ host: PlannedHost) -> String {
    let activation = mak.map { "one activation of MAK …\($0.endsWith)" } ?? "none"
    return switch host.wayBack {
    case .none: host.licensed ? "none, as allowIrreversible says" : "not needed"
    case .online: activation
    case .confirmation: "the confirmation ID that was kept, else \(activation)"
    }
  }

  private func standing(_ run: Standing, _ style: Style) -> String {
    var text = run.phase.replacing("-", with: " ")
    if let step = run.step { text += " \(step)" }
    if run.activationsSpent > 0 {
      text += ", \(counted(run.activationsSpent, "activation")) spent"
    }
    return run.exposed ? style.warning("\(text), exposed") : text
  }
}
