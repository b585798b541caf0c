import Configuration
import Execution
import Foundation
import Planning
import SimulatedFleet
import VolumeActivation
import WindowsLicensing

/// What a run touches of the world, built from the configuration.
struct WorldParts {
  let configuration: Configuration
  let client: any LicensingClient
  let clock: any WallClock

  /// The configuration of a plan, after checking that they belong together.
  static func configuration(
    for plan: Plan, planFile: String, flag: String?
  ) throws -> Configuration {
    let configuration = try ConfigurationFile().read(flag: flag, beside: planFile)
    try Self.check(plan, planFile, against: configuration)
    return configuration
  }

  /// Builds them for a plan; a simulated fleet that is not there yet is made.
  init(plan: Plan, _ configuration: Configuration, _ log: RequestLog? = nil) throws {
    try self.init(configuration, log) { transport in
      guard let faults = FaultProfile.named(transport.faults) else {
        throw InputError(
          .input, at: transport.place, "there is no fault profile “\(transport.faults)”",
          remedy: "Use one of \(FaultProfile.all.map(\.name).joined(separator: ", "))")
      }
      let blueprint = FleetBlueprint(plan: plan, counts: transport.counts)
      return SimulatedFleet(blueprint, seed: transport.seed, faults: faults)
    }
  }

  /// Builds them without a plan: a simulated fleet must be there already.
  init(_ configuration: Configuration, _ log: RequestLog? = nil) throws {
    try self.init(configuration, log) { transport in
      throw InputError(
        .input, at: transport.place,
        "the simulated fleet \(configuration.path(transport.fleet)) is not there yet",
        remedy: "Apply a plan with this configuration first: that makes it")
    }
  }

  private init(
    _ configuration: Configuration, _ log: RequestLog?,
    making make: (SimulatedTransport) throws -> SimulatedFleet
  ) throws {
    self.configuration = configuration
    let reached: any LicensingClient
    let place = InputError.Place(file: configuration.file)
    switch configuration.transport {
    case .none:
      throw InputError(
        .input, at: place, "no transport is named, so no host can be reached",
        remedy: "Add `transport: {kind: winrm}`, or {kind: simulated} to rehearse")
    case .winrm(let transport):
      clock = SystemClock()
      reached = WindowsClient(
        try HostAccess(transport, configuration, log),
        connections: try OpenFiles(concurrency: configuration.concurrency, kept: 1024).connections)
    case .simulated(let transport):
      let fleet = try DurableFleet(
        path: configuration.path(transport.fleet), speed: transport.speed
      ) { try make(transport) }
      clock = fleet.clock
      reached = SimulatedClient(fleet, clock: fleet.clock)
    }
    client = log.map { LoggedClient(client: reached, log: $0) } ?? reached
  }

  /// What the plans of this configuration share.
  var estate: String { Self.estate(of: configuration) }

  /// The file that the plans of a configuration share.
  static func estate(of configuration: Configuration) -> String {
    configuration.path("muster.estate")
  }

  private static func check(
    _ plan: Plan, _ planFile: String, against configuration: Configuration
  ) throws {
    let known = Set(configuration.kmsHosts.map(\.address))
    for host in plan.header.kmsHosts where !known.contains(host.address) {
      throw InputError(
        .document, at: InputError.Place(file: planFile),
        "its KMS host \(host.address) is not in \(configuration.file)",
        remedy: "Apply it with the configuration it was made with, or plan again")
    }
    let maks = Set(configuration.maks.map(\.endsWith))
    for mak in plan.header.maks where mak.hosts > 0 && !maks.contains(mak.endsWith) {
      throw InputError(
        .document, at: InputError.Place(file: planFile),
        "its MAK …\(mak.endsWith) is not in \(configuration.file)",
        remedy: "Apply it with the configuration it was made with, or plan again")
    }
  }
}

extension Configuration {
  /// The MAKs that hosts of the plan can go back to, fetched from where they are kept.
  func keys(for plan: Plan) throws -> RunKeys {
    let environment = ProcessInfo.processInfo.environment
    var keys = RunKeys()
    for mak in Set(plan.hosts.compactMap(\.wayBack.mak)).sorted() {
      keys.maks[mak] = try key(
        endingWith: plan.header.maks[Int(mak.rawValue)].endsWith, environment: environment)
    }
    return keys
  }
}
