import Engine
import Planning
import Testing
import VolumeActivation

/// The guard at a muster's opening and after every answer.
@Suite struct GuardMomentsTests {
  @Test func `a count read lower than declared refuses at the opening, with its arithmetic`() {
    var hand = Hand(PlanSketch(clients: 20))
    hand.readings[0].count = 2
    hand.settle()

    guard case .guardRefused(let figures)? = hand.reasons.first else {
      Issue.record("\(hand.reasons)")
      return
    }
    #expect((figures.count, figures.threshold, figures.ready) == (2, 25, 20))
    #expect(figures.description == "2 of 25 counted; 23 more needed, 20 ready: 3 too few")
    #expect(hand.intents(of: .skms).isEmpty)
    #expect(hand.stage(0) == .pending)
  }

  @Test func `the refusal is released by itself when the count is read high enough`() {
    var hand = Hand(PlanSketch(clients: 20))
    hand.readings[0].count = 2
    hand.settle()
    hand.countWhoeverAsks(counted: 12)
    hand.run(for: .minutes(10))

    #expect(hand.reasons.isEmpty)
    #expect(hand.count(.licensed) == 20)
  }

  @Test(arguments: [(25, false), (26, false), (27, true)])
  func `a fresh KMS host musters with 27 hosts, not with 25`(hosts: Int, opens: Bool) {
    var hand = Hand(PlanSketch(clients: hosts))
    hand.settle()

    #expect((hand.stage(0) == .open) == opens)
    #expect(hand.reasons.isEmpty == opens)
  }

  @Test func `without the guard too few hosts are changed and left unlicensed`() {
    var hand = Hand(PlanSketch(clients: 20), rules: .all.subtracting(.guarded))
    hand.countWhoeverAsks()
    hand.settle()

    #expect(hand.intents(of: .ipk).count == 20)
    #expect(hand.count(.licensed) == 0)
  }

  @Test func `hosts that fail in the middle stop a muster when going on is worse than stopping`() {
    // Every host but the first three is refused for good once its key is changed.
    var hand = Hand(PlanSketch(clients: 28))
    hand.reply = { host, step in
      guard step == .ato else { return .done }
      return host.rawValue < 3 ? .refused(.countTooLow) : .refused(Self.noVolumeMarker)
    }
    hand.settle()

    guard case .guardRefused(let figures)? = hand.reasons.first else {
      Issue.record("\(hand.reasons)")
      return
    }
    #expect(figures.failed > 0)
    #expect(figures.counted == 3)
    #expect(figures.ready < 28)
    #expect(figures.probability <= figures.required)
    let changed = hand.intents(of: .ipk).count
    #expect(changed < 28)
    // Who waits is still asked; nobody else is changed.
    hand.run(for: .hours(3))
    #expect(hand.intents(of: .ipk).count == changed)
    #expect(hand.intents(of: .ato).filter { $0.rawValue < 3 }.count > 3)
  }

  @Test func `a wave that began goes on at a chance at which none would be opened`() {
    var hand = Hand(PlanSketch(clients: 27))
    // The 20th refuses for good: 26 of 27 are left, all of whom 25 need.
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .ato && host.rawValue == 20 ? .refused(Self.noVolumeMarker) : counting(host, step)
    }
    hand.run(for: .minutes(10))

    #expect(hand.reasons.isEmpty)
    #expect(hand.count(.licensed) == 26)
  }

  @Test func `servers muster alone when the clients are too few`() {
    var hand = Hand(PlanSketch(servers: 8, clients: 5))
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))

    #expect(hand.count(.licensed) == 8)
    #expect(hand.engine.hosts[8...].allSatisfy { $0.touched == .nothing })
    // What is left waits, and says for what.
    guard case .guardRefused(let figures)? = hand.reasons.first else {
      Issue.record("\(hand.reasons)")
      return
    }
    #expect(figures.threshold == 25)
  }

  @Test func `a count that is not known refuses`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.readings[0].count = nil
    hand.settle()

    #expect(hand.reasons == [.countUnknown])
    #expect(hand.intents(of: .skms).isEmpty)
  }

  @Test(arguments: [
    KMSHostFaults.notKMSHost, .notLicensed, .doesNotCover, .otherName,
  ])
  func `a KMS host that cannot serve refuses`(faults: KMSHostFaults) {
    var hand = Hand(PlanSketch(clients: 40))
    hand.readings[0].faults = faults
    hand.settle()

    #expect(hand.reasons == [.kmsHostFault(faults)])
    #expect(hand.intents(of: .skms).isEmpty)
  }

  @Test func `a host whose clock is four hours from the KMS host's is left as it is`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.readings[0].skewMinutes = 300  // both are five hours ahead of us: that harms nobody
    for index in hand.states.indices { hand.states[index].skewMinutes = 300 }
    hand.states[7].skewMinutes = 0
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))

    #expect(hand.phase(7) == .failed)
    #expect(hand.engine.hosts[7].touched == .nothing)
    #expect(hand.count(.licensed) == 39)
  }

  @Test func `everybody counted is asked again after the KMS host restarted, before others change`()
  {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .ipk && host.rawValue >= 10 ? nil : counting(host, step)
    }
    hand.settle()
    hand.counter?.hosts = []
    hand.readings[0].bootedAt = hand.now + .minutes(1)
    let before = hand.intents(of: .ipk).count
    hand.wait(.minutes(3))

    #expect(hand.intents(of: .ipk).count == before)
    #expect(hand.counter?.hosts.count == 10)
    #expect(hand.reasons.isEmpty)
  }

  @Test func `an answer from before the KMS host restarted counts nobody after it`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    let slow = HostID(rawValue: 10)
    hand.reply = { host, step in
      let waits = step == .ato && host == slow || step == .ipk && host.rawValue > slow.rawValue
      return waits ? nil : counting(host, step)
    }
    hand.settle()
    hand.counter?.hosts = []
    hand.readings[0].bootedAt = hand.now + .minutes(1)
    hand.wait(.minutes(3))
    #expect(hand.counter?.hosts.count == 10)

    hand.reply = { host, step in
      step == .ipk && host.rawValue > slow.rawValue ? nil : counting(host, step)
    }
    hand.answer(slow, .refused(.countTooLow))  // it was counted, and forgotten with the others
    hand.wait(.minutes(3))
    #expect(hand.counter?.hosts.count == 11)
    #expect(hand.reasons.isEmpty)
  }

  @Test func `a count below the hosts known to be counted holds`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.reply = { host, step in
      step == .ato ? .refused(.countTooLow) : step == .ipk && host.rawValue >= 10 ? nil : .done
    }
    hand.settle()
    hand.readings[0].count = 4
    hand.wait(.minutes(3))

    #expect(hand.reasons.contains(.countDoesNotRise(count: 4, expected: 10)))
  }

  @Test func `who is counted while the count is on its way need not be in it`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.reply = { host, step in
      step == .ato ? .refused(.countTooLow) : step == .ipk && host.rawValue >= 10 ? nil : .done
    }
    hand.settle()
    hand.readings[0].count = 4
    hand.readings[0].known = 4
    hand.wait(.minutes(3))

    #expect(hand.reasons.isEmpty)
  }

  @Test func `a host that is refused although the count suffices asks somebody else`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.readings[0].count = 30
    hand.reply = { host, step in
      step == .ato && host.rawValue == 0 ? .refused(.countTooLow) : .done
    }
    hand.run(for: .hours(7))

    #expect(hand.reasons.contains(.asksAnotherHost(HostID(rawValue: 0))))
    #expect(hand.intents(of: .ato).filter { $0.rawValue == 0 }.count >= 3)
  }

  @Test func `a host that asks somebody else is asked on until its deadline`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.readings[0].count = 50
    hand.reply = { host, step in step == .ato && host.rawValue == 0 ? nil : .done }
    hand.settle()
    for _ in 0..<350 {
      hand.answer(HostID(rawValue: 0), .refused(.countTooLow))
      hand.wait(.minutes(2))
    }

    #expect(hand.intents(of: .ato).count { $0.rawValue == 0 } > 256)
    #expect(hand.reasons == [.asksAnotherHost(HostID(rawValue: 0))])
    #expect(hand.count(.licensed) == 39)
  }

  @Test func `records that may be forgotten meanwhile are reckoned with`() {
    // Six of whom five are needed would do, if twenty others were not to stay for twelve hours.
    var hand = Hand(PlanSketch(clients: 6))
    hand.readings[0].count = 20
    hand.settle()

    guard case .guardRefused(let figures)? = hand.reasons.first else {
      Issue.record("\(hand.reasons)")
      return
    }
    #expect(figures.loose == 20)
    #expect(figures.hoursLeft == 12)
  }

  @Test func `a clone's second machine raises no count`() {
    var hand = Hand(PlanSketch(clients: 27))
    for index in 20..<27 { hand.states[index].machine = 20 }
    hand.settle()

    guard case .guardRefused(let figures)? = hand.reasons.first else {
      Issue.record("\(hand.reasons)")
      return
    }
    #expect(figures.ready == 20)
  }

  @Test func `who was changed before a reading adds nothing to it`() {
    func readyAfterReading(_ rules: Engine.Rules) -> Int? {
      var hand = Hand(PlanSketch(clients: 28), rules: rules)
      hand.reply = { host, step in
        step == .ato ? host.rawValue == 0 ? .refused(.countTooLow) : nil : .done
      }
      hand.settle()
      hand.readings[0].count = 20  // some of those in flight are in it already
      hand.wait(.minutes(3))
      return hand.engine.guardFigures(of: KMSHostID(rawValue: 0), at: hand.now)?.ready
    }
    #expect(readyAfterReading(.all) == 4)
    #expect(readyAfterReading(.all.subtracting(.changedAddsNothing)) ?? 0 > 4)
  }

  /// Windows 7 without its BIOS marker: refused for good.
  private static let noVolumeMarker: HRESULT = 0xC004_F035
}
