import Engine
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct FaultTests {
  private let start = Fixture.start

  /// Sends some changes to every host, in the order given, and tells what each heard.
  private func answers(
    seed: UInt64, faults: FaultProfile, order: [Int]
  ) throws -> [[Outcome]] {
    var fleet = try Fixture.fleet(
      Array(repeating: .windows10, count: 20), count: 30, seed: seed, faults: faults)
    for place in order {
      let slot = fleet.wantedSetting(place)
      _ = fleet.carryOut(.setKMS(slot), on: place, by: .muster, at: start)
    }
    var heard = Array(repeating: [Outcome](), count: 20)
    for round in 0..<6 {
      let now = start + .hours(Int64(round) * 8)
      fleet.advance(to: now)
      let sent = order.map { place -> (Int, Sent) in
        let action: FleetAction =
          round % 2 == 0
          ? .installKey(fleet.blueprint.profiles[place].target) : .activate
        return (place, fleet.send(action, to: place, at: now))
      }
      for (place, call) in sent.sorted(by: { $0.1.answersAt < $1.1.answersAt }) {
        fleet.advance(to: call.answersAt)
        heard[place].append(fleet.collect(call.ticket))
      }
    }
    return heard
  }

  @Test(arguments: FaultProfile.all)
  func `what happens to a host follows from the seed, not from the order of the calls`(
    faults: FaultProfile
  ) throws {
    var profile = faults
    // Restarts of the KMS host meet different hosts when the calls come in another order.
    profile.restartsPerDay = 0
    for seed in UInt64(1)...10 {
      let forwards = try answers(seed: seed, faults: profile, order: Array(0..<20))
      #expect(try answers(seed: seed, faults: profile, order: Array(0..<20)) == forwards)
      #expect(try answers(seed: seed, faults: profile, order: (0..<20).reversed()) == forwards)
    }
  }

  @Test func `another seed is another run`() throws {
    let first = try answers(seed: 1, faults: .hostile, order: Array(0..<20))
    let second = try answers(seed: 2, faults: .hostile, order: Array(0..<20))
    #expect(first != second)
  }

  @Test func `without faults everything answers`() throws {
    for heard in try answers(seed: 3, faults: .none, order: Array(0..<20)) {
      #expect(heard.allSatisfy { $0 == .done })
    }
  }

  private func send(
    _ action: (SimulatedFleet) -> FleetAction, changing: (inout FaultProfile) -> Void
  ) throws -> (fleet: SimulatedFleet, sent: Sent) {
    var faults = FaultProfile.none
    changing(&faults)
    var fleet = try Fixture.fleet([.windows10], count: 30, faults: faults)
    let sent = fleet.send(action(fleet), to: 0, at: start)
    return (fleet, sent)
  }

  private func installTarget(_ fleet: SimulatedFleet) -> FleetAction {
    .installKey(fleet.blueprint.profiles[0].target)
  }

  @Test func `a lost request is never executed`() throws {
    var (fleet, sent) = try send(installTarget) { $0.lostRequest = 1 }
    fleet.advance(to: sent.answersAt + .days(1))
    #expect(fleet.collect(sent.ticket) == .silent(.lost))
    #expect(fleet.state(0, at: fleet.now).channel == .mak)
    #expect(fleet.ledger.isEmpty)
  }

  @Test func `a lost reply hides that the change was executed`() throws {
    var (fleet, sent) = try send(installTarget) { $0.lostReply = 1 }
    fleet.advance(to: sent.answersAt)
    #expect(fleet.collect(sent.ticket) == .silent(.lost))
    #expect(fleet.state(0, at: fleet.now).channel == .kmsClient)
  }

  @Test func `a late change is executed after its caller gave up, within the quiet time`() throws {
    var (fleet, sent) = try send(installTarget) { $0.late = 1 }
    fleet.advance(to: sent.answersAt)
    #expect(fleet.collect(sent.ticket) == .silent(.lost))
    #expect(fleet.state(0, at: fleet.now).channel == .mak)
    #expect(fleet.hosts[0].running == 1)
    fleet.advance(to: start + Policy().quietTime)
    #expect(fleet.state(0, at: fleet.now).channel == .kmsClient)
    #expect(fleet.hosts[0].running == 0)
  }

  @Test func `a refusal for the moment and access denied execute nothing`() throws {
    var (fleet, sent) = try send(installTarget) { $0.refused = 1 }
    fleet.advance(to: sent.answersAt + .days(1))
    #expect(fleet.collect(sent.ticket) == .refused(HRESULT(rawValue: 0xC004_F075)))
    #expect(fleet.ledger.isEmpty)
    (fleet, sent) = try send(installTarget) { $0.accessDenied = 1 }
    fleet.advance(to: sent.answersAt + .days(1))
    #expect(fleet.collect(sent.ticket) == .silent(.authentication))
    #expect(fleet.ledger.isEmpty)
  }

  @Test func `a machine that restarts in the middle has a later boot time, executed or not`()
    throws
  {
    var executed: Set<Bool> = []
    for seed in UInt64(1)...20 {
      var faults = FaultProfile.none
      faults.reboot = 1
      var fleet = try Fixture.fleet([.windows10], count: 30, seed: seed, faults: faults)
      let sent = fleet.send(installTarget(fleet), to: 0, at: start)
      fleet.advance(to: start + .hours(1))
      #expect(fleet.collect(sent.ticket) == .silent(.lost))
      #expect(fleet.hosts[0].bootedAt > start)
      executed.insert(!fleet.ledger.isEmpty)
    }
    #expect(executed == [true, false])
  }

  @Test func `an unreachable host proves that nothing was sent, and comes back`() throws {
    var (fleet, sent) = try send(installTarget) { $0.unreachable = 1 }
    fleet.advance(to: sent.answersAt)
    #expect(fleet.collect(sent.ticket) == .silent(.unreachable))
    #expect(fleet.ledger.isEmpty)
    #expect(fleet.hosts[0].silentUntil > start)
    #expect(fleet.hosts[0].silentUntil <= start + .hours(3))
  }

  @Test func `a third party changes the key in the course of the run`() throws {
    var faults = FaultProfile.none
    faults.thirdParty = 1
    var fleet = try Fixture.fleet([.windows10], faults: faults)
    fleet.advance(to: start + .hours(12))
    #expect(fleet.state(0, at: fleet.now).channel == .retail)
    #expect(fleet.ledger.map(\.by) == [.thirdParty])
  }

  @Test func `a KMS host may count less than was declared`() throws {
    var faults = FaultProfile.none
    faults.countShort = 5
    let counts = try (1...40).map { seed in
      try Fixture.fleet([.windows10], count: 20, seed: seed, faults: faults)
        .state(ofKMSHost: 0, at: start).currentCount ?? 0
    }
    #expect(Set(counts) == [15, 16, 17, 18, 19, 20])
  }
}
