import Engine
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct SimulationDriverTests {
  /// A migration of 100 hosts: one muster wave, then two that roll out.
  static func plan(count: Int = 0, maxExposed: Int = 40) throws -> Plan {
    var hosts: [PlannedHost] = []
    for number in 0..<100 {
      let isServer = number < 10
      let model: Fixture.Model =
        isServer
        ? (number % 3 == 0 ? .server2008R2 : .server2022)
        : (number % 4 == 0 ? .windows7 : .windows10)
      let wayBack: WayBack =
        number % 7 == 3
        ? .confirmation(
          MAKID(rawValue: 0), InstallationID(rawValue: "11\(number)"),
          ConfirmationID(rawValue: "22\(number)")) : .online(MAKID(rawValue: 0))
      var host = try Fixture.host(number, model, wayBack: wayBack)
      host.wave = WaveID(rawValue: number < 40 ? 0 : number < 60 ? 1 : 2)
      host.exposed = number < 26
      hosts.append(host)
    }
    var plan = try Fixture.plan(hosts, count: count, activationsLeft: 80)
    plan.header.policy.maxExposed = maxExposed
    plan.waves = [(WaveKind.muster, 40, 24), (.rollout, 20, 1), (.rollout, 40, 1)].enumerated()
      .map { place, wave in
        Wave(
          number: place + 1, kind: wave.0, kmsHost: KMSHostID(rawValue: 0), hosts: wave.1,
          peakExposed: wave.2, needsApproval: false, sites: ["hq"])
      }
    return plan
  }

  private func report(
    _ seed: UInt64, _ faults: FaultProfile, plan: Plan? = nil,
    changing: (inout SimulationOptions) -> Void = { _ in }
  ) throws -> SimulationReport {
    var options = SimulationOptions()
    changing(&options)
    let plan = try plan ?? Self.plan()
    var driver = SimulationDriver(
      plan: plan, blueprint: FleetBlueprint(plan: plan), seed: seed, faults: faults,
      options: options)
    return driver.run()
  }

  @Test func `without faults everybody is licensed and no activation is spent`() throws {
    let report = try report(1, .none)
    #expect(report.violations.isEmpty)
    #expect(report.ending == .finished)
    #expect(report.licensed == 100)
    #expect(report.activationsSpent == [0])
    #expect(report.peakExposed <= 26)
    #expect(report.exposedAtEnd == 0)
    #expect(report.holds.isEmpty)
  }

  @Test func `the same seed is the same run`() throws {
    let first = try report(5, .hostile) { $0.crashes = 0.01 }
    #expect(try report(5, .hostile) { $0.crashes = 0.01 } == first)
    #expect(try report(6, .hostile) { $0.crashes = 0.01 } != first)
  }

  @Test(arguments: FaultProfile.all)
  func `no promise is broken, whatever fails`(faults: FaultProfile) throws {
    for seed in UInt64(0)..<150 {
      let report = try report(seed, faults) { $0.resumptions = 20 }
      #expect(report.violations.isEmpty, "\(faults.name), seed \(seed)")
    }
  }

  @Test(arguments: FaultProfile.all)
  func `no promise is broken, however often the run is killed`(
    faults: FaultProfile
  ) throws {
    for seed in UInt64(0)..<150 {
      let report = try report(seed, faults) {
        $0.crashes = 0.01
        $0.resumptions = 20
      }
      #expect(report.violations.isEmpty, "\(faults.name), seed \(seed)")
    }
  }

  @Test(arguments: FaultProfile.all)
  func `no promise is broken, whatever an operator says`(
    faults: FaultProfile
  ) throws {
    for seed in UInt64(0)..<150 {
      let report = try report(seed, faults) {
        $0.crashes = 0.003
        $0.commandsPerDay = 20
        $0.resumptions = 20
      }
      #expect(report.violations.isEmpty, "\(faults.name), seed \(seed)")
    }
  }
}

extension FaultProfile: CustomTestStringConvertible {
  public var testDescription: String { name }
}
