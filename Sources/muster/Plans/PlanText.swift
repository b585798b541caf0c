import Planning
import VolumeActivation

/// A plan's summary in tables.
struct PlanText {
  var summary: PlanSummary
  var style: Style

  var text: String {
    var parts = [heading, kmsHosts]
    if !summary.waves.isEmpty { parts.append(waves) }
    if summary.waves.contains(where: { !$0.groups.isEmpty }) { parts.append(hosts) }
    if !summary.maks.isEmpty { parts.append(maks) }
    if !summary.entitlements.isEmpty { parts.append(entitlements) }
    if !summary.leftOut.isEmpty { parts.append(leftOut) }
    if !summary.warnings.isEmpty { parts.append(warnings) }
    return parts.joined(separator: "\n\n")
  }

  private var heading: String {
    let totals = summary.hosts
    var lines = [
      style.bold(
        "\(summary.plan): \(counted(totals.inventory, "host")), of which \(totals.migrate) migrate, "
          + "\(totals.ask) are asked to renew and \(totals.leftOut) stay as they are"),
      "As of \(summary.asOf); digest \(summary.digest.rawValue.prefix(12)).",
    ]
    if summary.draft {
      lines.append(style.bad("A draft that the guard refuses: it cannot be applied."))
    }
    return lines.joined(separator: "\n")
  }

  private var kmsHosts: String {
    var table = Table(
      .text("KMS host"), .text("threshold"), .number("counted"), .number("can add"),
      .number("needed"), .text("chance"), .number("exposed at most"))
    for host in summary.kmsHosts {
      for projection in host.projections {
        let source =
          switch host.countSource {
          case .declared: " (declared)"
          case .read: ""
          case .assumed: " (assumed)"
          }
        table.add(
          host.address.description, "\(projection.threshold) for \(projection.kind)s",
          "\(projection.counted)\(source)", "\(projection.canAdd)",
          "\(max(0, projection.threshold - projection.counted))",
          percentage(projection.probability), "\(host.peakExposed)")
      }
    }
    return section("Projected count", table)
  }

  private var waves: String {
    var table = Table(
      .number("wave"), .text("kind"), .text("KMS host"), .number("hosts"),
      .number("exposed at most"), .text("approval"), .text("sites"))
    for wave in summary.waves {
      table.add(
        "\(wave.number)", wave.kind.rawValue, wave.kmsHost.description, "\(wave.hosts)",
        "\(wave.peakExposed)", wave.needsApproval ? "by a person" : "",
        wave.sites.joined(separator: ", "))
    }
    return section("Waves", table)
  }

  private var hosts: String {
    var table = Table(
      .number("wave"), .number("hosts"), .text("product"), .text("key"), .text("way back"),
      .text("exposed"), .text("names"))
    for wave in summary.waves {
      for group in wave.groups {
        let keys =
          switch group.action {
          case .migrate: "\(group.from?.rawValue ?? "none") → \(group.to)"
          case .ask: "\(group.to), asked again"
          }
        table.add(
          "\(wave.number)", "\(group.hosts)", "\(group.product) \(group.edition.rawValue)", keys,
          group.wayBack, group.exposed ? "until the threshold" : "", names(group.names))
      }
    }
    return section("What happens to whom", table)
  }

  private var maks: String {
    var table = Table(
      .text("MAK"), .number("activations left"), .number("hosts"), .number("exposed at most"))
    for mak in summary.maks {
      table.add("…\(mak.endsWith)", "\(mak.activationsLeft)", "\(mak.hosts)", "\(mak.peak)")
    }
    return section("Ways back", table)
  }

  private var entitlements: String {
    var table = Table(.text("product"), .number("owned"), .number("used"), .text(""))
    for entitlement in summary.entitlements {
      let excess = entitlement.used - entitlement.owned
      table.add(
        entitlement.product, "\(entitlement.owned)", "\(entitlement.used)",
        excess > 0 ? "\(excess) more than owned" : "")
    }
    return section("Licences owned", table)
  }

  private var leftOut: String {
    var table = Table(.number("hosts"), .text("verdict"), .text("names, and what can be done"))
    let byVerdict = Dictionary(grouping: summary.leftOut, by: \.verdict)
    for verdict in Verdict.allCases {
      let groups = byVerdict[verdict] ?? []
      for group in groups.prefix(reasonsShown) {
        table.add("\(group.hosts)", verdict.words, names(group.names))
        if !group.reason.isEmpty { table.add("", "", "  " + group.reason) }
      }
      let rest = groups.dropFirst(reasonsShown)
      if !rest.isEmpty {
        let hosts = rest.reduce(0) { $0 + $1.hosts }
        table.add(
          "\(hosts)", verdict.words, "for \(counted(rest.count, "further reason")): see --json")
      }
    }
    return section("Who stays as they are", table)
  }

  /// How many reasons of one verdict are spelled out.
  private var reasonsShown: Int { 5 }

  private var warnings: String {
    style.bold("To read before approving") + "\n"
      + summary.warnings.map { "  - " + style.warning($0) }.joined(separator: "\n")
  }

  private func section(_ title: String, _ table: Table) -> String {
    style.bold(title) + "\n" + table.rendered(style)
  }

  private func names(_ folded: [String], limit: Int = 4) -> String {
    let shown = folded.prefix(limit).joined(separator: " ")
    return folded.count > limit ? "\(shown) and \(folded.count - limit) more" : shown
  }
}
