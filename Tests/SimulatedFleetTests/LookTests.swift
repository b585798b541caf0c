import Engine
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct LookTests {
  /// Does something to a fleet that changes what looks show.
  private func stir(_ fleet: inout SimulatedFleet, _ bits: UInt64, at now: Timestamp) {
    let place = Int(bits % UInt64(fleet.blueprint.planned))
    let profile = fleet.blueprint.profiles[place]
    let action: FleetAction =
      switch bits >> 8 & 7 {
      case 0: .setKMS(fleet.wantedSetting(place))
      case 1: .setKMS(.discovered)
      case 2, 3: .installKey(profile.target)
      case 4: .installKey(profile.original)
      default: .activate
      }
    _ = fleet.send(action, to: place, at: now)
  }

  @Test(arguments: UInt64(1)...30)
  func `a look without texts is the look that a whole state gives`(seed: UInt64) throws {
    let models: [Fixture.Model] = [.windows7, .windows10, .server2008R2, .server2022]
    let hosts = try (0..<12).map { number in
      try Fixture.host(
        number, models[number % 4],
        wayBack: number % 3 == 0
          ? .confirmation(
            MAKID(rawValue: 0), InstallationID(rawValue: "1\(number)"),
            ConfirmationID(rawValue: "2\(number)")) : .online(MAKID(rawValue: 0)),
        licensed: number % 5 != 0)
    }
    let plan = try Fixture.plan(hosts, count: 3)
    var fleet = SimulatedFleet(plan: plan, seed: seed, faults: .hostile)
    let before = (0..<12).map { (fleet.kept($0), fleet.state($0, at: fleet.now)) }
    let address = plan.header.kmsHosts[0].address
    for round in 0..<200 {
      let now = fleet.now + .minutes(20)
      fleet.advance(to: now)
      stir(&fleet, Dice.mix(seed << 32 | UInt64(round)), at: now)
      for place in 0..<12 {
        let state = fleet.state(place, at: now)
        for isChanged in [false, true] {
          let whole = Look(
            state: state, host: hosts[place], checkpoint: isChanged ? before[place].1 : nil,
            kmsHost: address, at: now)
          let short = fleet.look(
            place, kept: isChanged ? before[place].0 : nil, isMigration: true, at: now)
          #expect(short == whole)
        }
      }
    }
  }
}
