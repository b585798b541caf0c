import Engine
import Planning
import SimulatedFleet

/// How many events a second the engine folds, and whether a run's time grows with its hosts alone.
struct EngineEvents {
  func measure(into table: inout Table) throws {
    for hosts in [10_000, 100_000] {
      let plan = try Plan.measured(hosts: hosts)
      var driver = SimulationDriver(
        plan: plan, blueprint: FleetBlueprint(plan: plan), seed: 1)
      let start = processorSeconds()
      let report = driver.run()
      let elapsed = processorSeconds() - start
      guard report.violations.isEmpty, report.licensed == hosts else {
        throw Child.Failure(description: "the run of \(hosts) hosts went wrong: \(report)")
      }
      let rate = Double(report.events) / elapsed
      table.add(
        "a run of \(Double(hosts).text()) hosts: engine and simulated fleet",
        "\(elapsed.text(decimals: 2)) s of one core, \(rate.text()) events a second",
        target: "grows linearly")
      var engine = Engine(plan: plan)
      let again = processorSeconds()
      for event in driver.journal { engine.apply(event) }
      let folding = processorSeconds() - again
      table.add(
        "  its \(Double(report.events).text()) events folded again by the engine alone",
        "\((Double(report.events) / folding).text()) events a second")
      guard engine.hosts == driver.engine.hosts else {
        throw Child.Failure(description: "folding the journal again led elsewhere")
      }
    }
  }
}
