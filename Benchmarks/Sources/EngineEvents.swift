import Engine
import Planning
import SimulatedFleet

/// How many events a second the engine folds, and whether a run's time grows with its hosts alone.
struct EngineEvents {
  func measure(into table: inout Table) throws {
    for hosts in [10_000, 100_000] {
      let plan = try Plan.measured(hosts: hosts)
      let clock = ContinuousClock()
      var driver = SimulationDriver(
        plan: plan, blueprint: FleetBlueprint(plan: plan), seed: 1)
      var report: SimulationReport?
      let elapsed = clock.measure { report = driver.run() }
      guard let report, report.violations.isEmpty, report.licensed == hosts else {
        throw Child.Failure(description: "the run of \(hosts) hosts went wrong: \(report as Any)")
      }
      let rate = Double(report.events) / elapsed.seconds
      table.add(
        "a run of \(Double(hosts).text()) hosts: engine and simulated fleet",
        "\(elapsed.seconds.text(decimals: 2)) s, \(rate.text()) events a second",
        target: "grows linearly")
      var engine = Engine(plan: plan)
      let folding = clock.measure {
        for event in driver.journal { engine.apply(event) }
      }
      table.add(
        "  its \(Double(report.events).text()) events folded again by the engine alone",
        "\((Double(report.events) / folding.seconds).text()) events a second")
      guard engine.hosts == driver.engine.hosts else {
        throw Child.Failure(description: "folding the journal again led elsewhere")
      }
    }
  }
}
