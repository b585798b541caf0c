import Engine
import Planning
import SimulatedFleet
import VolumeActivation

/// What came of simulated runs, for a person: one run in full, many as a range.
struct SimulationText {
  var reports: [SimulationReport]
  var plan: Plan
  var style: Style

  var text: String {
    guard reports.count == 1, let report = reports.first else { return summary }
    let holds = HoldText(plan: plan)
    var lines = [
      style.bold("\(ending(report)) after \(duration(report.duration)), seed \(report.seed)")
    ]
    lines.append("  hosts: \(outcome(report))")
    lines.append(
      "  exposed at a time: \(report.peakExposed) at most, \(report.exposedAtEnd) at the end")
    lines.append("  activations spent: \(spent(report))")
    lines.append(
      "  calls: \(report.looks) looks, \(report.readings) readings of the count, "
        + "\(report.steps) steps")
    if report.crashes > 0 { lines.append("  killed and taken up again: \(report.crashes) times") }
    for reason in report.holds {
      lines.append("  held: \(holds.condition(reason)). \(holds.remedy(reason))")
    }
    for violation in report.violations {
      lines.append(style.bad("  BROKEN PROMISE: \(violation.what)"))
    }
    return lines.joined(separator: "\n")
  }

  private var summary: String {
    var table = Table(.text(""), .number("least"), .number("median"), .number("most"))
    func row(_ title: String, _ value: (SimulationReport) -> Int64, _ text: (Int64) -> String) {
      let values = reports.map(value).sorted()
      guard let least = values.first, let most = values.last else { return }
      table.add(title, text(least), text(values[values.count / 2]), text(most))
    }
    row("duration", \.duration.rawValue) { duration(Milliseconds(rawValue: $0)) }
    row("licensed", { Int64($0.licensed) }, String.init)
    row("restored", { Int64($0.restored) }, String.init)
    row("failed, unchanged", { Int64($0.failed) }, String.init)
    row("drifted", { Int64($0.drifted) }, String.init)
    row("stranded", { Int64($0.stranded) }, String.init)
    row("exposed at a time", { Int64($0.peakExposed) }, String.init)
    row("exposed at the end", { Int64($0.exposedAtEnd) }, String.init)
    row("activations spent", { Int64($0.activationsSpent.reduce(0, +)) }, String.init)
    let finished = reports.count { $0.ending == .finished }
    let broken = reports.reduce(0) { $0 + $1.violations.count }
    var text = style.bold(
      "\(counted(reports.count, "run")), faults \(reports.first?.faults ?? "none"): "
        + "\(finished) finished, \(reports.count - finished) held")
    text += "\n" + table.rendered(style)
    if broken > 0 { text += "\n" + style.bad("BROKEN PROMISES: \(broken)") }
    return text
  }

  private func ending(_ report: SimulationReport) -> String {
    switch report.ending {
    case .finished: "Finished"
    case .held: "Held"
    case .outOfTime: "Given up"
    }
  }

  private func outcome(_ report: SimulationReport) -> String {
    let parts = [
      (report.licensed, "licensed"), (report.restored, "restored"), (report.failed, "failed"),
      (report.skipped, "skipped"), (report.drifted, "drifted"), (report.stranded, "stranded"),
      (report.unsettled, "unsettled"), (report.unfinished, "not at rest"),
    ]
    return "\(report.hosts) planned: "
      + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private func spent(_ report: SimulationReport) -> String {
    let total = report.activationsSpent.reduce(0, +)
    guard total > 0 else { return "none" }
    return zip(plan.header.maks, report.activationsSpent).filter { $0.1 > 0 }
      .map { "\($1) of …\($0.endsWith)" }.joined(separator: ", ")
  }
}

/// Simulated runs for programs.
struct SimulationSummary: Encodable {
  var schema = "muster-simulation/1"
  var runs: [Run]

  struct Run: Encodable {
    var seed: UInt64
    var faults: String
    var ending: String
    var seconds: Double
    var hosts: Int
    var licensed, restored, failed, skipped, drifted, stranded, unsettled, unfinished: Int
    var peakExposed: Int
    var exposedAtEnd: Int
    var activationsSpent: [String: Int]
    var crashes: Int
    var looks: Int
    var readings: Int
    var steps: Int
    var holds: [String]
    var brokenPromises: [String]
  }

  init(_ reports: [SimulationReport], plan: Plan) {
    let text = HoldText(plan: plan)
    runs = reports.map { report in
      let ending =
        switch report.ending {
        case .finished: "finished"
        case .held: "held"
        case .outOfTime: "out-of-time"
        }
      return Run(
        seed: report.seed, faults: report.faults, ending: ending,
        seconds: Double(report.duration.rawValue) / 1000, hosts: report.hosts,
        licensed: report.licensed, restored: report.restored, failed: report.failed,
        skipped: report.skipped, drifted: report.drifted, stranded: report.stranded,
        unsettled: report.unsettled, unfinished: report.unfinished,
        peakExposed: report.peakExposed, exposedAtEnd: report.exposedAtEnd,
        activationsSpent: Dictionary(
          zip(plan.header.maks.map(\.endsWith.rawValue), report.activationsSpent),
          uniquingKeysWith: +),
        crashes: report.crashes, looks: report.looks, readings: report.readings,
        steps: report.steps, holds: report.holds.map(text.condition),
        brokenPromises: report.violations.map { "\($0.what)" })
    }
  }
}
