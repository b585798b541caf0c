import Execution
import Foundation
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct DurableFleetTests {
  private static func path() -> String {
    FileManager.default.temporaryDirectory.appending(path: "fleet-\(UUID()).sqlite").path
  }

  private static func remove(_ path: String) {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
  }

  private static func open(
    _ path: String, faults: FaultProfile = .none, models: [Fixture.Model] = [.windows7, .windows10]
  ) throws -> DurableFleet {
    try DurableFleet(path: path, speed: 600) {
      try Fixture.fleet(models, count: 30, faults: faults)
    }
  }

  @Test func `what was done is found again by whoever opens the file next`() throws {
    let path = Self.path()
    defer { Self.remove(path) }
    let now = Fixture.start + .minutes(1)
    let first = try Self.open(path).use(at: now) { fleet in
      fleet.convert(0, at: now)
      _ = fleet.activate(0, at: now)
      _ = fleet.carryOut(
        .installKey(fleet.blueprint.profiles[0].original), on: 0, by: .muster, at: now)
      _ = fleet.activate(0, at: now)
      return fleet
    }
    let again = try Self.open(path)
    try again.use(at: now) { fleet in
      #expect(fleet.hosts == first.hosts)
      #expect(fleet.kmsHosts == first.kmsHosts)
      #expect(fleet.service == first.service)
      #expect(fleet.settings == first.settings)
      #expect(fleet.service.spent == 1)
      var (old, new) = (first, fleet)
      #expect(new.state(0, at: now) == old.state(0, at: now))
    }
    let ledger = try again.ledger()
    #expect(ledger.map(\.deed) == [.setKMS, .installKey, .activate, .installKey, .activate])
    #expect(ledger.compactMap(\.spent) == [Fixture.mak])
  }

  @Test func `two that drive one fleet see each other's changes`() throws {
    let path = Self.path()
    defer { Self.remove(path) }
    let first = try Self.open(path)
    let second = try Self.open(path)
    for round in 0..<4 {
      let now = Fixture.start + .hours(Int64(round) + 1)
      let (writer, reader) = round % 2 == 0 ? (first, second) : (second, first)
      let written = try writer.use(at: now) { fleet in
        fleet.convert(round % 2, at: now)
        return fleet.hosts
      }
      try reader.use(at: now) { #expect($0.hosts == written) }
    }
  }

  @Test func `the fleet's clock goes on where it was, also at another speed`() throws {
    let path = Self.path()
    defer { Self.remove(path) }
    let before = try Self.open(path).clock.now()
    #expect(before >= Fixture.start)
    let slower = try DurableFleet(path: path, speed: 1) { try Fixture.fleet([]) }.clock.now()
    #expect(slower >= before)
    #expect(slower < before + .days(1))
  }

  @Test func `half a setting under way is found again as half a setting`() throws {
    let path = Self.path()
    defer { Self.remove(path) }
    let other = KMSSetting(name: HostName("kms07.contoso.com"), port: 1700)
    try Self.open(path).use(at: Fixture.start) { fleet in
      let port = fleet.setting(.port, as: other)
      _ = fleet.send(port, to: 0, at: Fixture.start)
      let name = fleet.setting(.name, as: KMSSetting(name: HostName("kms08.contoso.com")))
      _ = fleet.carryOut(name, on: 0, by: .thirdParty, at: Fixture.start)
    }
    try Self.open(path).use(at: Fixture.start + .minutes(1)) { fleet in
      let setting = fleet.state(0, at: fleet.now).kmsSetting
      #expect(setting == KMSSetting(name: HostName("kms08.contoso.com"), port: 1700))
    }
  }

  @Test func `a late operation is executed although its process was killed`() async throws {
    let path = Self.path()
    defer { Self.remove(path) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      var faults = FaultProfile.none
      faults.late = 1
      let fleet = try Self.open(path, faults: faults)
      try fleet.use(at: Fixture.start) { fleet in
        let target = fleet.blueprint.profiles[1].target
        _ = fleet.send(.installKey(target), to: 1, at: Fixture.start)
      }
      kill(getpid(), SIGKILL)
    }
    let fleet = try Self.open(path)
    try fleet.use(at: Fixture.start + .minutes(5)) { fleet in
      #expect(fleet.state(1, at: fleet.now).channel == .mak)
      #expect(fleet.hosts[1].running == 1)
    }
    try fleet.use(at: Fixture.start + .minutes(18)) { fleet in
      #expect(fleet.state(1, at: fleet.now).channel == .kmsClient)
      #expect(fleet.hosts[1].running == 0)
    }
    #expect(try fleet.ledger().map(\.deed) == [.installKey])
  }

  @Test func `an activation that was spent before the kill stays spent`() async throws {
    let path = Self.path()
    defer { Self.remove(path) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let fleet = try Self.open(path)
      try fleet.use(at: Fixture.start) { fleet in
        _ = fleet.activate(0, at: Fixture.start)
      }
      kill(getpid(), SIGKILL)
    }
    let fleet = try Self.open(path)
    try fleet.use(at: Fixture.start) { fleet in
      #expect(fleet.service.spent == 1)
      #expect(fleet.hosts[0].activationsSpent == 1)
    }
    #expect(try fleet.ledger().compactMap(\.spent) == [Fixture.mak])
  }
}
