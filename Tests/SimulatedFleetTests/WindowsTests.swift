import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// What a key change and an activation do to Windows, by generation.
@Suite struct WindowsTests {
  private let start = Fixture.start

  @Test func `a key change throws the MAK activation away: 6.1 gets 30 days, 10.0 none`() throws {
    var fleet = try Fixture.fleet([.windows7, .windows10, .server2008R2, .server2022])
    for place in 0..<4 {
      #expect(fleet.state(place, at: start).status == .licensed)
      #expect(fleet.state(place, at: start).graceMinutes == 0)
      fleet.convert(place, at: start)
    }
    #expect(fleet.state(0, at: start).status == .initialGrace)
    #expect(fleet.state(0, at: start).graceMinutes == 43_200)
    #expect(fleet.state(1, at: start).status == .notification)
    #expect(fleet.state(1, at: start).statusReason == HRESULT(rawValue: 0xC004_F034))
    #expect(fleet.state(1, at: start).graceMinutes == 0)
    #expect(fleet.state(2, at: start).status == .initialGrace)
    #expect(fleet.state(3, at: start).status == .notification)
    #expect(fleet.totals.exposed == 4)
  }

  @Test func `a name and a port are set one by one, and each keeps the other`() throws {
    var fleet = try Fixture.fleet([.windows10])
    let first = KMSSetting(name: HostName("kms07.contoso.com"), port: 1700)
    let second = KMSSetting(name: HostName("kms08.contoso.com"), port: 1701)
    func set(_ half: KMSHalf, _ setting: KMSSetting) -> KMSSetting {
      let action = fleet.setting(half, as: setting)
      _ = fleet.carryOut(action, on: 0, by: .muster, at: start)
      return fleet.state(0, at: start).kmsSetting
    }
    #expect(set(.port, first) == KMSSetting(port: 1700))
    #expect(set(.name, second) == KMSSetting(name: second.name, port: 1700))
    #expect(set(.port, .discovered) == KMSSetting(name: second.name))
    #expect(set(.name, .discovered) == .discovered)
    #expect(fleet.ledger.map(\.kind) == [.setKMS, .setKMS, .setKMS, .setKMS])
  }

  @Test func `grace that runs out is notification`() throws {
    var fleet = try Fixture.fleet([.windows7])
    fleet.convert(0, at: start)
    let later = start + .days(31)
    fleet.advance(to: later)
    #expect(fleet.state(0, at: later).status == .notification)
    #expect(fleet.state(0, at: later).statusReason == HRESULT(rawValue: 0xC004_F009))
  }

  @Test func `a KMS activation that is not renewed runs out after 180 days`() throws {
    var fleet = try Fixture.fleet([.windows7, .windows10], count: 30)
    for place in 0..<2 {
      fleet.convert(place, at: start)
      #expect(fleet.activate(place, at: start) == nil)
    }
    #expect(fleet.state(0, at: start + .days(179)).status == .licensed)
    #expect(fleet.state(0, at: start + .days(180)).status == .additionalGrace)
    #expect(fleet.state(1, at: start + .days(180)).status == .notification)
  }

  @Test func `slmgr on 6.1 activates a licensed MAK once more, later Windows leaves it alone`()
    throws
  {
    var fleet = try Fixture.fleet([.windows7, .windows10])
    #expect(fleet.activate(0, at: start) == nil)
    #expect(fleet.activate(1, at: start) == nil)
    #expect(fleet.hosts.map(\.activationsSpent) == [1, 0])
    #expect(fleet.service.spent == 1)
  }

  @Test func `going back to the MAK spends one activation, and an empty MAK refuses`() throws {
    var fleet = try Fixture.fleet([.windows10, .windows10], activationsLeft: 1)
    let back = fleet.blueprint.profiles[0].original
    for place in 0..<2 {
      fleet.convert(place, at: start)
      _ = fleet.carryOut(.installKey(back), on: place, by: .muster, at: start)
      #expect(fleet.state(place, at: start).status == .notification)
    }
    #expect(fleet.activate(0, at: start) == nil)
    #expect(fleet.activate(1, at: start) == .makExhausted)
    #expect(fleet.state(0, at: start).channel == .mak)
    #expect(fleet.service.spent == 1)
    #expect(fleet.ledger.filter { $0.spent != nil }.map(\.host) == [0])
    #expect(fleet.totals.exposed == 1)
  }

  @Test func `a confirmation ID works with its installation ID only, and spends nothing`() throws {
    let installation = InstallationID(rawValue: "111222333")
    let confirmation = ConfirmationID(rawValue: "444555666")
    let host = try Fixture.host(
      0, .windows10,
      wayBack: .confirmation(MAKID(rawValue: 0), installation, confirmation))
    var fleet = SimulatedFleet(plan: try Fixture.plan([host]), seed: 1)
    #expect(fleet.state(0, at: start).installationID == installation)
    fleet.convert(0, at: start)
    let changed = try #require(fleet.state(0, at: start).installationID)
    #expect(changed != installation)
    let back = fleet.blueprint.profiles[0].original
    let deposit = fleet.action(.deposit(confirmation, for: installation))
    #expect(
      fleet.carryOut(deposit, on: 0, by: .muster, at: start) == HRESULT(rawValue: 0xC004_F07E))
    _ = fleet.carryOut(.installKey(back), on: 0, by: .muster, at: start)
    #expect(fleet.state(0, at: start).installationID == installation)
    let wrong = fleet.action(.deposit(ConfirmationID(rawValue: "1"), for: installation))
    #expect(
      fleet.carryOut(wrong, on: 0, by: .muster, at: start) == HRESULT(rawValue: 0xC004_F031))
    #expect(fleet.carryOut(deposit, on: 0, by: .muster, at: start) == nil)
    #expect(fleet.state(0, at: start).status == .licensed)
    #expect(fleet.service.spent == 0)
  }

  @Test func `an installation ID that changes with the key refuses the stored confirmation ID`()
    throws
  {
    var faults = FaultProfile.none
    faults.unstableInstallationID = 1
    let installation = InstallationID(rawValue: "111222333")
    let confirmation = ConfirmationID(rawValue: "444555666")
    let host = try Fixture.host(
      0, .windows10,
      wayBack: .confirmation(MAKID(rawValue: 0), installation, confirmation))
    var fleet = SimulatedFleet(plan: try Fixture.plan([host]), seed: 1, faults: faults)
    fleet.convert(0, at: start)
    let back = fleet.blueprint.profiles[0].original
    _ = fleet.carryOut(.installKey(back), on: 0, by: .muster, at: start)
    let now = try #require(fleet.state(0, at: start).installationID)
    #expect(now != installation)
    let stale = fleet.action(.deposit(confirmation, for: installation))
    #expect(
      fleet.carryOut(stale, on: 0, by: .muster, at: start) == HRESULT(rawValue: 0xC004_F031))
    // What the activation service would give for the present one does work.
    let fresh = fleet.action(.deposit(fleet.confirmationID(for: now), for: now))
    #expect(fleet.carryOut(fresh, on: 0, by: .muster, at: start) == nil)
  }

  @Test func `a machine without a CMID gives itself one with the new key`() throws {
    var faults = FaultProfile.none
    faults.noMachineID = 1
    var fleet = try Fixture.fleet([.windows10], faults: faults)
    #expect(fleet.state(0, at: start).clientMachineID == nil)
    fleet.convert(0, at: start)
    #expect(fleet.state(0, at: start).clientMachineID != nil)
  }

  @Test func `the key of another edition changes the edition, that of another kind is refused`()
    throws
  {
    var fleet = try Fixture.fleet([.windows10, .server2022]) { profile in
      if profile.kind == .client { profile.edition = EditionID(rawValue: "Professional") }
    }
    fleet.convert(0, at: start)
    #expect(fleet.state(0, at: start).edition == EditionID(rawValue: "Enterprise"))
    let server = fleet.blueprint.profiles[1].target
    #expect(
      fleet.carryOut(.installKey(server), on: 0, by: .muster, at: start)
        == HRESULT(rawValue: 0xC004_F069))
  }

  @Test func `a key that nobody knows is refused and changes nothing`() throws {
    var fleet = try Fixture.fleet([.windows10])
    let key = try ProductKey("BBBBB-CCCCC-DDDDD-FFFFF-GGGGG")
    let action = fleet.action(.installKey(key))
    #expect(
      fleet.carryOut(action, on: 0, by: .muster, at: start) == HRESULT(rawValue: 0xC004_F050))
    #expect(fleet.state(0, at: start).status == .licensed)
  }
}
