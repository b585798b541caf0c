import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// kms-rules.md, rule by rule.
@Suite struct KMSRulesTests {
  private let start = Fixture.start

  @Test func `a server is activated from the fifth machine on, a client from the twenty-fifth`()
    throws
  {
    var fleet = try Fixture.fleet(
      Array(repeating: .server2022, count: 5) + Array(repeating: .windows10, count: 20))
    var answers: [HRESULT?] = []
    for place in 0..<25 {
      fleet.convert(place, at: start)
      answers.append(fleet.activate(place, at: start))
    }
    let refusedServers = Array(repeating: HRESULT.countTooLow, count: 4)
    let refusedClients = Array(repeating: HRESULT.countTooLow, count: 19)
    #expect(answers == refusedServers + [nil] + refusedClients + [nil])
  }

  @Test func `a refused request is counted, and heals within two hours by itself`() throws {
    var fleet = try Fixture.fleet(Array(repeating: .server2022, count: 5))
    for place in 0..<4 {
      fleet.convert(place, at: start)
      #expect(fleet.activate(place, at: start) == .countTooLow)
    }
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 4)
    fleet.convert(4, at: start)
    #expect(fleet.activate(4, at: start) == nil)
    #expect(fleet.totals.exposed == 4)
    fleet.advance(to: start + .minutes(119))
    #expect(fleet.totals.exposed == 4)
    fleet.advance(to: start + .minutes(122))
    #expect(fleet.totals.exposed == 0)
    #expect(fleet.ledger.filter { $0.by == .itself }.count == 4)
  }

  @Test func `a count at first is of the fleet's own KMS clients before it is of strangers`() throws
  {
    let address = try #require(KMSAddress("kms01.contoso.com"))
    var fleet = try Fixture.fleet(
      Array(repeating: .windows10, count: 3) + [.server2022], count: 30
    ) { profile in
      profile.original = profile.target
      profile.licence = .kms
      profile.setting = KMSSetting(address)
    }
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 30)
    for place in 0..<4 { #expect(fleet.activate(place, at: start) == nil) }
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 30)
  }

  @Test func `an activated machine renews every seven days`() throws {
    var fleet = try Fixture.fleet([.windows10], count: 30)
    fleet.convert(0, at: start)
    #expect(fleet.activate(0, at: start) == nil)
    fleet.advance(to: start + .days(15))
    #expect(
      fleet.ledger.filter { $0.by == .itself }.map(\.at) == [
        start + .days(7), start + .days(14),
      ])
    let state = fleet.state(0, at: start + .days(15))
    #expect(state.status == .licensed)
    #expect(state.graceMinutes == (180 - 1) * 24 * 60)
  }

  @Test func `the count stops at ten while only servers ask, and at fifty once a client has`()
    throws
  {
    var fleet = try Fixture.fleet(
      Array(repeating: .server2022, count: 15) + Array(repeating: .windows10, count: 60))
    for place in 0..<15 {
      fleet.convert(place, at: start)
      _ = fleet.activate(place, at: start)
    }
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 10)
    #expect(fleet.state(ofKMSHost: 0, at: start).sawClientRequest == false)
    for place in 15..<75 {
      fleet.convert(place, at: start)
      _ = fleet.activate(place, at: start)
    }
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 50)
    #expect(fleet.state(ofKMSHost: 0, at: start).sawClientRequest == true)
  }

  @Test func `machines with one CMID count once`() throws {
    let clone = ClientMachineID(high: 1, low: 1)
    let hosts = try (0..<6).map { try Fixture.host($0, .server2022, machine: clone) }
    var fleet = SimulatedFleet(plan: try Fixture.plan(hosts), seed: 1)
    for place in 0..<6 {
      fleet.convert(place, at: start)
      #expect(fleet.activate(place, at: start) == .countTooLow)
    }
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 1)
  }

  @Test func `a machine that does not come back for thirty days leaves the count`() throws {
    var fleet = try Fixture.fleet([.windows10], count: 0)
    fleet.convert(0, at: start)
    _ = fleet.activate(0, at: start)
    // The key is replaced, so it never asks again.
    let back = fleet.blueprint.profiles[0].original
    _ = fleet.carryOut(.installKey(back), on: 0, by: .muster, at: start)
    let later = start + .days(30)
    fleet.advance(to: later)
    #expect(fleet.state(ofKMSHost: 0, at: start + .minutes(30 * 24 * 60 - 1)).currentCount == 1)
    #expect(fleet.state(ofKMSHost: 0, at: later).currentCount == 0)
  }

  @Test func `machines of others renew, so a declared count does not age away`() throws {
    var fleet = try Fixture.fleet([.windows10], count: 20)
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 20)
    fleet.advance(to: start + .days(90))
    #expect(fleet.state(ofKMSHost: 0, at: start + .days(90)).currentCount == 20)
  }

  @Test func `a restart of the KMS host starts the collection again`() throws {
    var faults = FaultProfile.none
    faults.restartsPerDay = 24
    var fleet = try Fixture.fleet([.windows10], count: 20, faults: faults)
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 20)
    let before = fleet.state(ofKMSHost: 0, at: start).bootedAt
    fleet.advance(to: start + .days(1))
    let after = fleet.state(ofKMSHost: 0, at: start + .days(1))
    #expect(after.bootedAt > before)
    #expect((after.currentCount ?? 0) < 20)
  }

  @Test func `a KMS host without requests has no count, which is 0 when it is licensed`() throws {
    let fleet = try Fixture.fleet([.windows10])
    let state = fleet.state(ofKMSHost: 0, at: start)
    #expect(state.currentCount == nil)
    #expect(state.totalRequests == nil)
    #expect(state.count == 0)
  }

  @Test func `clocks that differ by four hours are refused and not counted`() throws {
    var faults = FaultProfile.none
    faults.wrongClock = 1
    let seeds = try (UInt64(1)...50).filter { seed in
      let fleet = try Fixture.fleet([.windows10], count: 30, seed: seed, faults: faults)
      return abs(fleet.hosts[0].skew.rawValue) >= Milliseconds.hours(4).rawValue
    }
    let seed = try #require(seeds.first)
    var fleet = try Fixture.fleet([.windows10], count: 30, seed: seed, faults: faults)
    fleet.convert(0, at: start)
    #expect(fleet.activate(0, at: start) == .noKMSHost)
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 30)
  }

  @Test func `a product-level KMS name wins over the one set for the service`() throws {
    let other = KMSSetting(name: HostName("kms99.contoso.com"))
    var fleet = try Fixture.fleet([.windows10], count: 30) { $0.productSetting = other }
    fleet.convert(0, at: start)
    #expect(fleet.activate(0, at: start) == .noKMSHost)
    #expect(fleet.state(0, at: start).productKMSSetting == other)
  }

  @Test func `a host that only AD may activate does not ask KMS`() throws {
    var fleet = try Fixture.fleet([.windows10], count: 30) { $0.activationTypeEnabled = 1 }
    fleet.convert(0, at: start)
    #expect(fleet.activate(0, at: start) == HRESULT(rawValue: 0xC004_F081))
    #expect(fleet.state(ofKMSHost: 0, at: start).currentCount == 30)
  }

  @Test func `Windows 7 without the marker keeps its MAK for good reason`() throws {
    var fleet = try Fixture.fleet([.windows7], count: 30) { $0.hasVolumeMarker = false }
    fleet.convert(0, at: start)
    #expect(fleet.activate(0, at: start) == HRESULT(rawValue: 0xC004_F035))
  }

  @Test func `a KMS host that does not cover the product refuses it`() throws {
    var fleet = try Fixture.fleet([.windows10], count: 30) { $0.notCovered = 1 }
    fleet.convert(0, at: start)
    #expect(fleet.activate(0, at: start) == .notCovered)
  }
}
