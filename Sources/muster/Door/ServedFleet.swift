import Configuration
import Execution
import Foundation
import Planning
import SimulatedFleet
import VolumeActivation

/// The fleet that is served: found now, as an inventory or a plan describes it.
struct ServedFleet {
  let home: any FleetHome
  let clock: any WallClock
  /// Every machine that answers, KMS hosts among them.
  let names: [HostName]

  init(_ source: String, configuration flag: String?, _ options: FleetOptions) async throws {
    let now = SystemClock().now()
    let blueprint = try await Self.blueprint(source, flag, at: now)
    func make() -> SimulatedFleet {
      SimulatedFleet(
        blueprint, seed: options.seed, faults: options.profile, tempo: options.tempo.tempo,
        startingAt: now)
    }
    if let file = options.file {
      let fleet = try DurableFleet(path: file, speed: 1) { make() }
      (home, clock) = (fleet, fleet.clock)
    } else {
      (home, clock) = (MemoryFleet(make()), SystemClock())
    }
    let machines = blueprint.profiles.map(\.name)
    let listed = Set(machines)
    names = machines + blueprint.kmsHosts.map(\.address.name).filter { !listed.contains($0) }
  }

  private static func blueprint(
    _ source: String, _ flag: String?, at now: Timestamp
  ) async throws -> FleetBlueprint {
    if source.hasSuffix(".jsonl") { return FleetBlueprint(plan: try PlanFile.read(source)) }
    let configuration = try ConfigurationFile().read(flag: flag, beside: source)
    let inventory = try await Inventory.read(
      try FileBytes.read(source), file: source,
      parts: ProcessInfo.processInfo.activeProcessorCount)
    return FleetBlueprint(
      inventory: inventory, terms: configuration.terms(asOf: now), asOf: now)
  }
}
