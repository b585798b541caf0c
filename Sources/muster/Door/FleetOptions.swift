import ArgumentParser
import SimulatedFleet

/// What a served fleet is like.
struct FleetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the fleet in this file, so that it outlives the process; else it ends with it.",
      valueName: "file"),
    completion: .file(extensions: ["fleet"]))
  var file: String?

  @Option(help: ArgumentHelp("Where chance comes from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp("What goes wrong on the fleet.", valueName: "profile"),
    completion: .list(FaultProfile.all.map(\.name)))
  var faults = "none"

  @Option(help: "How long the hosts take: as good as nothing, or what Windows machines take.")
  var tempo = Pace.instant

  enum Pace: String, CaseIterable, ExpressibleByArgument {
    case instant
    case usual
  }

  var profile: FaultProfile { FaultProfile.named(faults) ?? .none }

  func validate() throws {
    guard FaultProfile.named(faults) != nil else {
      throw ValidationError(
        "There is no fault profile “\(faults)”; there are "
          + FaultProfile.all.map(\.name).joined(separator: ", ") + ".")
    }
  }
}

extension FleetOptions.Pace {
  var tempo: Tempo {
    switch self {
    case .instant: .instant
    case .usual: .usual
    }
  }
}
