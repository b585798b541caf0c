import ArgumentParser
import Engine
import Execution
import Planning
import SimulatedFleet
import VolumeActivation

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Rehearse a plan on a simulated fleet, in virtual time.",
    discussion: discussion(
      """
      The fleet is what the plan says it is, with the faults of a profile; the same seed gives the \
      same run. Waves that wait for a person are approved. No real host, journal or file is \
      touched. Several runs are reported as a distribution.

      Profiles: \(FaultProfile.all.map(\.name).joined(separator: ", ")).
      """,
      examples: [
        "muster simulate hq.jsonl --seed 7",
        "muster simulate hq.jsonl --seed 1 --runs 200 --faults rough",
        "muster simulate hq.jsonl --faults network --crashes 0.001 --json",
      ], statuses: [.done, .error, .guardRefused, .someHostsFailed, .held, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument

  @Option(help: ArgumentHelp("Where chance comes from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp("What goes wrong on the fleet.", valueName: "profile"),
    completion: .list(FaultProfile.all.map(\.name)))
  var faults = "none"

  @Option(help: ArgumentHelp("How many runs, each with the next seed.", valueName: "number"))
  var runs = 1

  @Option(
    help: ArgumentHelp(
      "The chance, at each turn of the run, that it is killed and taken up again.",
      valueName: "probability"))
  var crashes = 0.0

  @OptionGroup var format: FormatOptions

  func validate() throws {
    guard FaultProfile.named(faults) != nil else {
      throw ValidationError(
        "There is no fault profile “\(faults)”; there are "
          + FaultProfile.all.map(\.name).joined(separator: ", ") + ".")
    }
    guard runs >= 1 else { throw ValidationError("--runs is at least 1.") }
    guard (0...1).contains(crashes) else { throw ValidationError("--crashes is from 0 to 1.") }
  }

  func run() async throws {
    let plan = try PlanFile.read(self.plan.plan)
    guard !plan.header.draft else {
      throw Problem(
        .guardRefused, "\(self.plan.plan): this is a draft that the guard refuses; it would hold.")
    }
    guard let profile = FaultProfile.named(faults) else { return }
    let blueprint = FleetBlueprint(plan: plan)
    var options = SimulationOptions()
    options.crashes = crashes
    let reports = (0..<runs).map { offset in
      var driver = SimulationDriver(
        plan: plan, blueprint: blueprint, seed: seed &+ UInt64(offset), faults: profile,
        options: options)
      return driver.run()
    }
    if format.json {
      try Console.printJSON(SimulationSummary(reports, plan: plan))
    } else {
      Console.print(SimulationText(reports: reports, plan: plan, style: .output).text)
    }
    let ending = Self.ending(of: reports)
    guard ending == .done else { throw ending.ending }
  }

  /// The worst of the runs decides.
  private static func ending(of reports: [SimulationReport]) -> ExitStatus {
    if reports.contains(where: { $0.ending != .finished }) { return .held }
    let bad = reports.reduce(0) {
      $0 + $1.failed + $1.stranded + $1.drifted + $1.unsettled + $1.violations.count
    }
    return bad == 0 ? .done : .someHostsFailed
  }
}
