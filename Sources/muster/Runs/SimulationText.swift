import Engine
import Execution
import Planning
import SimulatedFleet
import VolumeActivation

/// What came of simulated runs, for a person: one run in full, many as a range.
struct SimulationText {
  var reports: [SimulationReport]
  var plan: Plan
  var style: Style

  var text: String {
    guard reports.count == 1, let report = reports.first else { return distribution }
    return ([heading(report)] + figures(report) + holds(report) + violations(report))
      .joined(separator: "\n")
  }

  private func heading(_ report: SimulationReport) -> String {
    style.bold(
      "\(ending(report)) after \(duration(report.duration)): seed \(report.seed), faults "
        + report.faults)
  }

  private func figures(_ report: SimulationReport) -> [String] {
    var lines = [
      ("hosts", outcome(report)),
      ("exposed", "\(report.peakExposed) at a time at most, \(report.exposedAtEnd) at the end"),
      ("activations spent", spent(report)),
      (
        "calls",
        "\(report.looks) looks, \(report.steps) steps, \(report.readings) readings of the count"
      ),
    ]
    if report.crashes > 0 { lines.append(("killed", "and taken up again \(report.crashes) times")) }
    return lines.map { title, text in
      "  " + title + String(repeating: " ", count: 19 - title.count) + text
    }
  }

  private func holds(_ report: SimulationReport) -> [String] {
    let words = HoldText(plan: plan)
    return report.holds.flatMap { reason in
      Paragraph(
        "held: \(words.condition(reason)). \(words.remedy(reason))", indent: 2, hanging: 2
      ).lines.map(style.warning)
    }
  }

  private func violations(_ report: SimulationReport) -> [String] {
    report.violations.map { style.bad("  BROKEN PROMISE: \($0.what)") }
  }

  /// Many runs as ranges, and why they were held.
  private var distribution: String {
    let finished = reports.count { $0.ending == .finished }
    let broken = reports.reduce(0) { $0 + $1.violations.count }
    var parts = [
      style.bold(
        "\(counted(reports.count, "run")), faults \(reports.first?.faults ?? "none"): "
          + "\(finished) finished, \(reports.count - finished) held") + "\n" + ranges
    ]
    if let reasons { parts.append(reasons) }
    if broken > 0 { parts.append(style.bad("BROKEN PROMISES: \(broken)")) }
    return parts.joined(separator: "\n\n")
  }

  private var ranges: String {
    var table = Table(
      .text(""), .number("least"), .number("median"), .number("95 %"), .number("most"))
    func row(_ title: String, _ value: (SimulationReport) -> Int64, _ text: (Int64) -> String) {
      let values = reports.map(value).sorted()
      func quantile(_ percent: Int) -> String { text(values[(values.count - 1) * percent / 100]) }
      table.add(title, quantile(0), quantile(50), quantile(95), quantile(100))
    }
    row("duration", \.duration.rawValue) { duration(Milliseconds(rawValue: $0)) }
    for (title, value) in Self.outcomes
    where title == "licensed" || reports.contains(where: { value($0) > 0 }) {
      row(title, { Int64(value($0)) }, String.init)
    }
    row("exposed at a time", { Int64($0.peakExposed) }, String.init)
    row("exposed at the end", { Int64($0.exposedAtEnd) }, String.init)
    row("activations spent", { Int64($0.activationsSpent.reduce(0, +)) }, String.init)
    return table.rendered(style)
  }

  /// Why runs were held, with how many of them and one of their figures; nil when none was.
  private var reasons: String? {
    let words = HoldText(plan: plan)
    var examples: [String: String] = [:]
    var runs: [String: Int] = [:]
    for report in reports {
      for reason in report.holds where examples[reason.word] == nil {
        examples[reason.word] = words.condition(reason)
      }
      for word in Set(report.holds.map(\.word)) { runs[word, default: 0] += 1 }
    }
    guard !runs.isEmpty else { return nil }
    var table = Table(.number("runs"), .text("held at some time, for instance because"))
    for (word, count) in runs.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      table.add("\(count)", examples[word] ?? word)
    }
    return table.rendered(style)
  }

  private func ending(_ report: SimulationReport) -> String {
    switch report.ending {
    case .finished: "Finished"
    case .held: "Held"
    case .outOfTime: "Given up"
    }
  }

  /// Where hosts end; together they are all hosts of a plan.
  private static let outcomes: [(String, @Sendable (SimulationReport) -> Int)] = [
    ("licensed", \.licensed), ("restored", \.restored), ("failed", \.failed),
    ("skipped", \.skipped), ("drifted", \.drifted), ("stranded", \.stranded),
    ("unsettled", \.unsettled), ("not at rest", \.unfinished),
  ]

  private func outcome(_ report: SimulationReport) -> String {
    let parts = Self.outcomes.map { ($1(report), $0) }.filter { $0.0 > 0 }
    return "\(report.hosts) planned: "
      + parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
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
  var format = "muster-simulation/1"
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
