import Engine
import Planning
import Testing
import VolumeActivation

/// What stops a run, what goes on all the same, and what releases it.
@Suite struct HoldTests {
  @Test func `a hold stops unchanged hosts, and lets changed ones go on`() {
    func ends(_ rules: Engine.Rules) -> (changed: Int, asked: Int) {
      var hand = Hand(PlanSketch(clients: 40), rules: rules)
      hand.countWhoeverAsks()
      let counting = hand.reply
      hand.reply = { host, step in
        step == .ato && host.rawValue > 3 ? nil : counting(host, step)
      }
      hand.settle()
      let changed = hand.intents(of: .ipk).count
      hand.say(.hold)
      // Their answers come, and whoever waited is asked again.
      hand.reply = counting
      hand.run(for: .hours(3))
      return (hand.intents(of: .ipk).count - changed, hand.intents(of: .ato).count - changed)
    }
    let draining = ends(.all)
    #expect(draining.changed == 0)
    #expect(draining.asked > 0)
    #expect(ends(.all.subtracting(.draining)).asked == 0)
  }

  @Test func `a host that could not be pointed at its KMS host is not tried again during a hold`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.reply = { _, _ in nil }
    hand.settle()
    let first = hand.underWay[0].host
    hand.reply = { host, step in
      host == first && step == .skms ? .refused(0xC004_F075) : nil  // the service was not up
    }
    hand.settle()
    hand.say(.hold)
    hand.run(for: .hours(1))
    #expect(hand.intents(of: .skms).count { $0 == first } == 1)

    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.run(for: .hours(1))
    #expect(hand.intents(of: .skms).count { $0 == first } > 1)
  }

  @Test func `rescues run during a hold`() {
    var hand = Hand(PlanSketch(clients: 30))
    hand.reply = { host, step in
      step == .ato ? host.rawValue < 6 ? .refused(.countTooLow) : nil : .done
    }
    hand.settle()
    hand.say(.hold)
    hand.run(for: .hours(13))

    #expect((0..<6).allSatisfy { hand.phase($0) == .restored })
  }

  @Test func `resume releases the holds that the person saw, and no later one`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    hand.say(.hold)
    let seen = hand.engine.run.holds.map(\.id)
    hand.say(.hold)
    #expect(hand.say(.resume(seen)) == .obeyed)
    hand.settle()
    #expect(hand.reasons == [.operatorAsked])
    #expect(hand.intents(of: .skms).isEmpty)

    #expect(hand.say(.resume(seen)) == .refused(.noSuchHold))
    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.run(for: .minutes(10))
    #expect(hand.count(.licensed) == 40)
  }

  @Test func `looks from before a hold are made again after it`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in step == .ipk ? nil : counting(host, step) }
    hand.settle()
    hand.say(.hold)
    hand.settle()
    hand.states[20].key = .other  // somebody uses the pause
    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.reply = counting
    hand.settle()

    #expect(hand.phase(20) == .drifted)
    #expect(!hand.intents(of: .ipk).contains(HostID(rawValue: 20)))
  }

  @Test func `looks from before a restart are made again after it`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { _, step in step == .ipk ? nil : .done }
    hand.settle()
    hand.states[20].key = .other
    hand.restart()
    hand.settle()
    #expect(hand.phase(20) == .drifted)

    hand.reply = counting
    hand.run(for: .hours(1))
    #expect(hand.count(.licensed) == 39)
  }

  // MARK: The lockout breaker

  @Test func `three authentication failures in a row stop everything`() {
    func looks(_ rules: Engine.Rules) -> Int {
      var hand = Hand(PlanSketch(clients: 40), rules: rules)
      hand.countWhoeverAsks()
      for host in 0..<40 { hand.silent[HostID(rawValue: UInt32(host))] = .authentication }
      hand.run(for: .minutes(1))
      return hand.log.count { event in
        if case .unread = event.what { true } else { false }
      }
    }
    #expect(looks(.all) == 3)
    #expect(looks(.all.subtracting(.breaker)) > 3)
  }

  @Test func `a success between failures keeps the breaker closed`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    for host in 0..<40 where host % 3 != 0 {
      hand.silent[HostID(rawValue: UInt32(host))] = .authentication
    }
    hand.settle()
    #expect(!hand.reasons.contains { if case .lockoutBreaker = $0 { true } else { false } })
  }

  @Test func `nothing is sent while the breaker is open, not even to waiting hosts`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.reply = { host, step in
      step == .ato ? host.rawValue < 6 ? .refused(.countTooLow) : nil : .done
    }
    hand.settle()
    for _ in 0..<3 { hand.feed(.unread(HostID(rawValue: 39), .authentication)) }
    let sent = hand.log.count
    hand.run(for: .hours(3))
    let later = hand.log.suffix(from: sent)
    #expect(later.allSatisfy { $0.effect == nil })

    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.settle()
    #expect(hand.log.suffix(from: sent).contains { $0.effect != nil })
  }

  // MARK: What a host's answer says of others

  @Test func `an edition that changed with the key holds the run`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.states[0].sameMachine = true
    hand.reply = { host, step in step == .ipk ? nil : counting(host, step) }
    hand.settle()
    let first = hand.underWay[0].host
    hand.answer(first, .done)
    hand.states[Int(first.rawValue)].sameMachine = false
    hand.reply = counting
    hand.settle()

    #expect(hand.reasons.contains(.editionChanged(first)))
    #expect(hand.phase(Int(first.rawValue)) == .stranded)
    #expect(hand.intents(of: .ipk).count == 1)
  }

  @Test func `an ESU add-on that lost its licence holds the next wave`() {
    var hand = Hand(PlanSketch(clients: 40, rollout: 10))
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))
    hand.states[5].addOnsAsBefore = false
    hand.run(for: .hours(2))

    #expect(hand.reasons == [.addOnLost(HostID(rawValue: 5))])
    #expect(hand.phase(5) == .licensed)
    #expect(hand.stage(1) == .pending)
    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.run(for: .hours(2))
    #expect(hand.count(.licensed) == 50)
  }

  @Test func `a product that is not served holds a rollout wave`() {
    var hand = Hand(PlanSketch(clients: 0, rollout: 40))
    hand.readings[0].count = 40
    hand.reply = { _, step in step == .ato ? .refused(0xC004_F042) : .done }
    hand.settle()

    #expect(hand.reasons == [.activationError(0xC004_F042)])
    #expect(hand.intents(of: .ipk).count == 1)
  }

  @Test func `a product that is not served leaves a muster, which goes on without it`() {
    // Every other host is of the site whose product is not served.
    var hand = Hand(PlanSketch(clients: 60, sites: 2))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .ato && host.rawValue % 2 == 1 ? .refused(0xC004_F042) : counting(host, step)
    }
    hand.run(for: .hours(1))

    #expect(hand.count(.licensed) == 30)
    #expect(hand.intents(of: .ipk).filter { $0.rawValue % 2 == 1 }.count == 1)
    #expect(hand.count(.restored) == 1)
  }

  @Test func `a KMS host that is not fit holds the run`() {
    var hand = Hand(PlanSketch(clients: 0, rollout: 40))
    hand.readings[0].count = 40
    hand.reply = { _, step in step == .ato ? .refused(0xC004_F041) : .done }
    hand.settle()
    #expect(hand.reasons == [.activationError(0xC004_F041)])
    guard case .run? = hand.engine.run.holds.first?.scope else {
      Issue.record("\(hand.engine.run.holds)")
      return
    }
  }

  // MARK: Time

  @Test func `a wall clock that jumped makes every look stale and holds`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in step == .ipk ? nil : counting(host, step) }
    hand.settle()
    hand.feed(.clockJumped(.days(1)))
    hand.settle()
    #expect(hand.reasons == [.clockJumped(.days(1))])
    hand.states[20].key = .other
    hand.reply = counting
    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.settle()
    #expect(hand.phase(20) == .drifted)
  }

  @Test func `event times never run backwards`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.settle()
    let last = hand.engine.run.now
    hand.now = last + .hours(-5)
    hand.feed(.clockJumped(.hours(-5)))
    #expect(hand.engine.run.now == last)
    #expect(hand.engine.nextDecision(at: hand.now)?.at == last)
  }

  @Test func `a KMS host that cannot be read three times holds its waves`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.readsKMSHosts = false
    for _ in 0..<3 {
      hand.settle()
      _ = hand.engine.nextReading(at: hand.now)
      hand.feed(.notRead(KMSHostID(rawValue: 0), .unreachable))
      hand.now = hand.now + .minutes(2)
    }
    hand.settle()
    #expect(hand.reasons == [.kmsHostSilent])

    hand.readsKMSHosts = true
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))
    #expect(hand.reasons.isEmpty)
    #expect(hand.count(.licensed) == 40)
  }

  @Test func `a stall is explained and watched until somebody else is counted`() {
    // Of 28 four refuse their key; 24 wait, and nobody is left who could be counted.
    var hand = Hand(PlanSketch(clients: 28))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .ipk && host.rawValue >= 24 ? .refused(0x8007_0005) : counting(host, step)
    }
    hand.settle()
    hand.wait(.minutes(3))
    guard case .stalled(let figures)? = hand.reasons.first else {
      Issue.record("\(hand.reasons)")
      return
    }
    #expect((figures.count, figures.ready, figures.exposed) == (24, 0, 24))

    hand.counter?.before = 1  // another machine asked: the 25th
    hand.run(for: .minutes(10))
    #expect(hand.count(.licensed) == 24)
    #expect(hand.reasons.isEmpty)
  }
}
