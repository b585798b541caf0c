import Execution
import Foundation
import FrontDoor
import Negotiate
import SimulatedFleet
import TestProgram
import TestRealm
import Testing
import VolumeActivation

/// The company behind a door of its own, and a folder from which the program reaches it.
struct ServedCompany: Workplace {
  let folder: URL
  var muster: MusterProcess
  let fleet: MemoryFleet
  let door: FrontDoor

  /// Serves the company while `body` runs.
  ///
  /// - Parameters:
  ///   - machines: Those that there are.
  ///   - faults: What goes wrong on the hosts.
  ///   - weather: What goes wrong on the way to them.
  ///   - policy: Further keys of `policy:`.
  ///   - behind: Who answers for the fleet instead of its Windows.
  static func open<Result: Sendable>(
    of machines: [Machine] = Company.machines, reachedBy way: Way,
    faults: FaultProfile = .none, weather: Weather = Weather(),
    seed: UInt64 = 1,
    policy: [String: String] = [:],
    behind: (SimulatedWindows) -> any Respondent = { $0 },
    _ body: @Sendable (ServedCompany) async throws -> Result
  ) async throws -> Result {
    let fleet = MemoryFleet(try await Company.fleet(of: machines, faults, seed: seed))
    let terms = DoorTerms(
      keys: AcceptorKeys(keytab: Company.keytab, ntlmUserFile: Company.users),
      localUsers: [UserName("bob"): Secret(TestRealm.password)], acceptsCertificates: true,
      hardening: .strict, fault: { weather.draw($0, $1) })
    let door = FrontDoor(behind(try SimulatedWindows(fleet, clock: SystemClock())), terms)
    let folder = try newFolder("muster-wire")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await door.serve([try way.listener()]) { ports in
      var environment = try way.environment()
      environment["MUSTER_MAK_B7B7B"] = Company.mak
      let company = ServedCompany(
        folder: folder, muster: MusterProcess(folder: folder, environment: environment),
        fleet: fleet, door: door)
      let transport = try way.transport(port: ports[0])
      try company.write(
        "muster.yaml", Company.configuration(transport: transport, policy: policy))
      try company.write("hosts.txt", Company.hosts(of: machines))
      return try await body(company)
    }
  }

  /// Runs a command that must end so.
  @discardableResult
  func run(
    _ arguments: [String], ends code: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> MusterProcess.Ending {
    let ending = try await muster.run(arguments)
    try #require(
      ending.code == code && !ending.wasKilled, "\(arguments): \(ending.code) \(ending.everything)",
      sourceLocation: sourceLocation)
    return ending
  }

  /// Scans the company and plans what is to be done, knowing the confirmation IDs that were kept.
  func makePlan() async throws {
    try await run(["scan", "hosts.txt", "-o", "inventory.csv"])
    let rows = try read("inventory.csv").split(separator: "\n")
    let joined = rows.enumerated().map { number, row in
      if number == 0 { return row + ",confirmationId\n" }
      return row + (row.hasPrefix(Company.confirmed) ? ",\(Machine.confirmation)\n" : ",\n")
    }
    try write("inventory.csv", joined.joined())
    try await run(["plan", "inventory.csv", "-o", "plan.jsonl"])
  }

  /// What Muster did on the fleet since the so many-th deed, oldest first.
  func deeds(after count: Int = 0) throws -> [WireDeed] {
    try fleet.use(at: SystemClock().now()) { fleet in
      fleet.ledger.filter { $0.by == .muster }.dropFirst(count).map {
        WireDeed($0, in: fleet.blueprint)
      }
    }
  }

  /// Somebody else installs the client setup key on a host.
  func changeKey(of name: String) throws {
    try meddle(with: name) { fleet, place in
      .installKey(fleet.blueprint.profiles[place].target)
    }
  }

  /// Somebody has told a host to ask elsewhere.
  func point(_ name: String, at setting: KMSSetting) throws {
    try meddle(with: name) { fleet, _ in fleet.action(.setKMS(setting)) }
  }

  private func meddle(
    with name: String, _ action: (inout SimulatedFleet, Int) -> FleetAction
  ) throws {
    try fleet.use(at: SystemClock().now()) { fleet in
      let place = try #require(fleet.blueprint.place(of: HostName(folded: name)))
      let action = action(&fleet, place)
      #expect(fleet.carryOut(action, on: place, by: .thirdParty, at: fleet.now) == nil)
    }
  }

  /// Every machine as it truly is.
  func states() throws -> [String: HostState] {
    try fleet.use(at: SystemClock().now()) { fleet in
      Dictionary(
        uniqueKeysWithValues: fleet.blueprint.profiles.indices.map {
          (fleet.blueprint.profiles[$0].name.rawValue, fleet.state($0, at: fleet.now))
        })
    }
  }
}
