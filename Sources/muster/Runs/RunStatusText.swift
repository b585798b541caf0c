import Engine
import Execution
import Planning
import VolumeActivation

/// A run's status for a person.
struct RunStatusText {
  var status: RunStatus
  var style: Style

  var text: String {
    var parts = [firstLine]
    if !status.holds.isEmpty {
      let lines = status.holds.flatMap { Paragraph($0.text, hanging: 2).lines }
      parts.append(lines.map(style.warning).joined(separator: "\n"))
    }
    parts += [waves, kmsHosts]
    if !status.maks.isEmpty { parts.append(maks) }
    return parts.joined(separator: "\n\n")
  }

  /// The one line to read when there is time for one.
  var firstLine: String {
    let name = status.plan
    if status.unwatched > 0 {
      return style.bad(
        "\(counted(status.unwatched, "exposed host")) and nobody watches: "
          + "`muster apply \(name)` goes on")
    }
    let summary = Self.phrase(status.phases)
    if let owner = status.owner {
      return Paragraph("\(name): \(summary); run by \(owner)", hanging: 2).text
    }
    let state = status.finished ? "finished" : "nobody runs it"
    return Paragraph("\(name): \(state); \(summary)", hanging: 2).text
  }

  private var waves: String {
    var table = Table(
      .number("wave"), .text("kind"), .text("stage"), .number("hosts"), .number("exposed\nnow"),
      .text("where they stand"))
    for wave in status.waves {
      let stage =
        switch wave.stage {
        case .pending: wave.needsApproval ? "needs approval" : "not opened"
        case .open: "open"
        case .soaked: "closing looks"
        case .closed: "closed"
        }
      table.add(
        "\(wave.number)", wave.kind.rawValue, stage, "\(wave.hosts)", "\(wave.exposed)",
        Self.phrase(wave.phases))
    }
    return table.rendered(style)
  }

  private var kmsHosts: String {
    var table = Table(
      .text("KMS host"), .number("count"), .text("thresholds"), .text("read at"))
    for host in status.kmsHosts {
      table.add(
        host.address.description, host.count.map(String.init) ?? "unknown",
        host.thresholds.map(String.init).joined(separator: ", "),
        host.readAt?.description ?? "not yet")
    }
    return table.rendered(style)
  }

  private var maks: String {
    var table = Table(
      .text("MAK"), .number("activations left\nwhen planned"), .number("spent in\nthis run"),
      .number("held for\nthe way back"))
    for mak in status.maks {
      table.add("…\(mak.endsWith)", "\(mak.activationsLeft)", "\(mak.spent)", "\(mak.held)")
    }
    return table.rendered(style)
  }

  /// `212 licensed, 3 waiting`, best news first.
  static func phrase(_ phases: [String: Int]) -> String {
    let order: [Phase] = [
      .licensed, .restored, .skipped, .planned, .ready(.skms), .underWay(.skms), .retrying(.skms),
      .unknown(.skms), .waiting, .check, .failed, .drifted, .unsettled(nil), .stranded,
    ]
    let parts = order.compactMap { phase in
      phases[phase.word].map { "\($0) \(phase.word.replacing("-", with: " "))" }
    }
    return parts.isEmpty ? "no host" : parts.joined(separator: ", ")
  }
}
