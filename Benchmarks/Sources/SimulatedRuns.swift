import Planning
import SimulatedFleet

/// How many seeded runs of a 100-host migration one core makes in a second.
struct SimulatedRuns {
  private let hosts = 100
  private let seconds = 4.0

  func measure(into table: inout Table) throws {
    let plan = try Plan.measured(hosts: hosts)
    var killed = SimulationOptions()
    killed.crashes = 0.002
    killed.replays = 0.125
    killed.resumptions = 4
    try measure("without faults", plan, .none, SimulationOptions(), into: &table)
    try measure("with faults and crashes", plan, .rough, killed, into: &table)
  }

  private func measure(
    _ what: String, _ plan: Plan, _ faults: FaultProfile, _ options: SimulationOptions,
    into table: inout Table
  ) throws {
    let rehearsal = Rehearsal(plan: plan)
    var runs = 0
    var events = 0
    var crashes = 0
    var broken: [UInt64] = []
    let start = processorSeconds()
    while processorSeconds() - start < seconds {
      for _ in 0..<16 {
        runs += 1
        var driver = SimulationDriver(
          rehearsal, seed: UInt64(runs), faults: faults, options: options)
        let report = driver.run()
        events += report.events
        crashes += report.crashes
        if !report.violations.isEmpty { broken.append(UInt64(runs)) }
      }
    }
    let elapsed = processorSeconds() - start
    let crashesARun = (Double(crashes) / Double(runs)).text(decimals: 1)
    table.add(
      "simulated runs of \(hosts) hosts, \(what)",
      "\((Double(runs) / elapsed).text()) a second of one core, \(events / runs) events and \(crashesARun)"
        + " crashes each",
      target: "5,000")
    if let first = broken.first {
      table.add("  runs that broke a promise", "\(broken.count), the first with seed \(first)")
    }
  }
}
