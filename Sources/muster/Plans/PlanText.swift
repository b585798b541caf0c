import Planning
import VolumeActivation

/// A plan's summary in tables.
struct PlanText {
  var summary: PlanSummary
  var style: Style

  var text: String {
    var parts = [heading, kmsHosts]
    if !summary.waves.isEmpty { parts.append(waves) }
    parts += summary.waves.filter { !$0.groups.isEmpty }.map(hosts)
    if summary.maks.contains(where: { $0.hosts > 0 }) { parts.append(maks) }
    if !summary.entitlements.isEmpty { parts.append(entitlements) }
    if !summary.leftOut.isEmpty { parts.append(leftOut) }
    if !summary.warnings.isEmpty { parts.append(warnings) }
    return parts.joined(separator: "\n\n")
  }

  private var heading: String {
    let totals = summary.hosts
    var clauses = ["\(totals.migrate) \(totals.migrate == 1 ? "moves" : "move") from MAK to KMS"]
    if totals.ask > 0 {
      clauses.append(
        "\(counted(totals.ask, "KMS client")) of ours \(totals.ask == 1 ? "is" : "are") asked to renew"
      )
    }
    if totals.leftOut > 0 {
      clauses.append(
        "\(totals.leftOut) \(totals.leftOut == 1 ? "stays as it is" : "stay as they are")")
    }
    var lines = [style.bold("\(summary.plan): \(counted(totals.inventory, "host"))")]
    lines += Paragraph(clauses.joined(separator: ", ") + ".", indent: 2).lines
    lines.append("  As of \(summary.asOf); digest \(summary.digest.rawValue.prefix(12)).")
    if summary.draft {
      lines.append(style.bad("  A draft that the guard refuses: it cannot be applied."))
    }
    return lines.joined(separator: "\n")
  }

  private var kmsHosts: String {
    var table = Table(
      .text("KMS host"), .text("threshold"), .text("counted\nnow"), .number("needed"),
      .number("this plan\ncan add"), .text("chance"), .number("exposed\nat most"))
    for host in summary.kmsHosts {
      for projection in host.projections {
        table.add(
          host.address.description, "\(projection.threshold) \(projection.kind)s",
          "\(projection.counted) \(host.countSource.rawValue)",
          "\(max(0, projection.threshold - projection.counted))", "\(projection.canAdd)",
          percentage(projection.probability), "\(host.peakExposed)")
      }
    }
    return section("Projected count", table)
  }

  private var waves: String {
    var table = Table(
      .number("wave"), .text("kind"), .text("KMS host"), .number("hosts"),
      .number("exposed\nat most"), .text("waits for"), .text("sites"))
    for wave in summary.waves {
      table.add(
        "\(wave.number)", wave.kind.rawValue, wave.kmsHost.description, "\(wave.hosts)",
        "\(wave.peakExposed)", wave.needsApproval ? "approval" : "",
        wave.sites.joined(separator: ", "))
    }
    return section("Waves", table)
  }

  private func hosts(of wave: PlanSummary.WaveSummary) -> String {
    var table = Table(
      .number("hosts"), .text("product"), .text("key"), .text("way back"), .text("exposed"))
    for group in wave.groups {
      let keys =
        switch group.action {
        case .migrate: "\(group.from?.rawValue ?? "none") → \(group.to)"
        case .ask: "\(group.to), kept"
        }
      table.add(
        "\(group.hosts)", group.title, keys, group.wayBack.rawValue, group.exposed ? "yes" : "")
      table.addDetail(names(group.names))
    }
    let title = "Wave \(wave.number), \(wave.kind.rawValue) at \(wave.kmsHost)"
    return section(title, table)
  }

  private var maks: String {
    var table = Table(
      .text("MAK"), .number("hosts"), .number("activations\nleft"),
      .number("held during\na muster"))
    for mak in summary.maks where mak.hosts > 0 {
      let held = mak.peak > 0 ? mak.peak + summary.spares : 0
      table.add("…\(mak.endsWith)", "\(mak.hosts)", "\(mak.activationsLeft)", "\(held)")
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
    var table = Table(.number("hosts"), .text("verdict"))
    let byVerdict = Dictionary(grouping: summary.leftOut, by: \.verdict)
    for verdict in Verdict.allCases {
      let groups = byVerdict[verdict] ?? []
      for group in groups.prefix(reasonsShown) {
        table.add("\(group.hosts)", verdict.words)
        if !group.names.isEmpty { table.addDetail(names(group.names)) }
        if !group.reason.isEmpty { table.addDetail(group.reason + ".") }
      }
      let rest = groups.dropFirst(reasonsShown)
      if !rest.isEmpty {
        table.add("\(rest.reduce(0) { $0 + $1.hosts })", verdict.words)
        table.addDetail("for \(counted(rest.count, "further reason")), which --json has.")
      }
    }
    return section("Who stays as they are", table)
  }

  /// How many reasons of one verdict are spelled out.
  private var reasonsShown: Int { 5 }

  private var warnings: String {
    let lines = summary.warnings.flatMap { warning in
      Paragraph("- " + warning, indent: 2, hanging: 2).lines.map(style.warning)
    }
    return ([style.bold("To read before approving")] + lines).joined(separator: "\n")
  }

  private func section(_ title: String, _ table: Table) -> String {
    style.bold(title) + "\n" + table.rendered(style)
  }

  private func names(_ folded: [String]) -> String {
    let limit = 12
    let shown = folded.prefix(limit).joined(separator: " ")
    return folded.count > limit
      ? "\(shown) and \(counted(folded.count - limit, "more range")), which --json has" : shown
  }
}

extension PlanSummary.HostGroup {
  /// Product and edition as a person says them: `Windows Server 2022 Datacenter`.
  fileprivate var title: String {
    let name = edition.rawValue
    let short =
      name.hasPrefix("Server") && product.contains("Server") ? name.dropFirst(6) : name[...]
    return "\(product) \(short)"
  }
}
