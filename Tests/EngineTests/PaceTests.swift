import Engine
import Planning
import Testing
import VolumeActivation

/// How fast a run goes: slowly at first, one host at a time where nothing is proved yet.
@Suite struct PaceTests {
  @Test func `who is counted while a reading is on its way is looked for at once in the next`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.reply = { _, step in step == .ato ? nil : .done }
    hand.settle()
    #expect(!hand.underWay.isEmpty)
    hand.now = hand.now + .minutes(2)
    let kmsHost = KMSHostID(rawValue: 0)
    #expect(hand.engine.nextReading(at: hand.now) == kmsHost)
    for sent in hand.underWay { hand.answer(sent.host, .refused(.countTooLow)) }
    hand.now = hand.now + .seconds(1)
    hand.feed(.read(kmsHost, hand.readings[0]))

    hand.now = hand.now + .seconds(1)
    #expect(hand.engine.nextReading(at: hand.now) == kmsHost)
    hand.feed(.read(kmsHost, hand.readings[0]))
    // That one tells all, and the next has time.
    #expect(hand.engine.nextReading(at: hand.now + .seconds(1)) == nil)
  }

  @Test func `a path is proved by one host before others follow`() {
    func inFlight(_ rules: Engine.Rules) -> Int {
      var hand = Hand(PlanSketch(clients: 0, rollout: 40, sites: 2), rules: rules)
      hand.readings[0].count = 40
      hand.reply = { _, step in step == .ato ? nil : .done }
      hand.settle()
      return hand.intents(of: .ipk).count
    }
    #expect(inFlight(.all) == 2)  // one of each site
    #expect(inFlight(.all.subtracting(.canary)) > 2)
  }

  @Test func `a path that fails twice leaves the pool, unchanged hosts and all`() {
    var hand = Hand(PlanSketch(clients: 60, sites: 2))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .ato && host.rawValue % 2 == 1 ? .refused(0xC004_F035) : counting(host, step)
    }
    hand.run(for: .hours(1))

    let lost = hand.intents(of: .ipk).filter { $0.rawValue % 2 == 1 }
    #expect(lost.count == 2)
    #expect(hand.count(.licensed) == 30)
    #expect(hand.count(.failed) == 28)
    #expect(hand.count(.restored) == 2)
  }

  @Test func `the first changes are few, and each answer allows one more`() {
    var hand = Hand(PlanSketch(clients: 0, rollout: 80, sites: 40))
    hand.readings[0].count = 40
    hand.reply = { _, _ in nil }
    hand.settle()
    #expect(hand.underWay.count == 4)

    for _ in 0..<4 { hand.answer(hand.underWay[0].host, .done) }
    hand.settle()
    #expect(hand.underWay.count > 4)
  }

  @Test func `no more steps are under way than the concurrency says`() {
    var sketch = PlanSketch(clients: 0, rollout: 80, sites: 1)
    sketch.policy.concurrency = 6
    var hand = Hand(sketch)
    hand.readings[0].count = 40
    var most = 0
    hand.reply = { host, step in step == .ato && host.rawValue > 0 ? nil : .done }
    for _ in 0..<20 {
      hand.settle()
      most = max(most, hand.underWay.count)
      if let first = hand.underWay.first { hand.answer(first.host, .done) }
    }
    #expect(most == 6)

    hand.say(.tune(Tuning(concurrency: 9)))
    hand.settle()
    #expect(hand.underWay.count == 9)
  }

  @Test func `a muster keeps to the concurrency too`() {
    var sketch = PlanSketch(clients: 40, sites: 40)
    sketch.policy.concurrency = 2
    var hand = Hand(sketch)
    hand.reply = { _, _ in nil }
    hand.settle()
    #expect(hand.underWay.count == 2)
  }

  @Test func `one site takes no more than its share`() {
    var sketch = PlanSketch(clients: 0, rollout: 80, sites: 4)
    sketch.policy.concurrencyPerSite = 2
    var hand = Hand(sketch)
    hand.readings[0].count = 40
    // The first host of each site proves its path.
    hand.reply = { host, step in step == .ato && host.rawValue >= 4 ? nil : .done }
    hand.settle()

    let bySite = Dictionary(grouping: hand.underWay) { $0.host.rawValue % 4 }
    #expect(bySite.count == 4)
    #expect(bySite.values.allSatisfy { $0.count == 2 })
  }

  @Test func `a look older than fifteen minutes is made again before a change`() {
    func stale(_ rules: Engine.Rules) -> Bool {
      var hand = Hand(PlanSketch(clients: 40), rules: rules)
      hand.countWhoeverAsks()
      let counting = hand.reply
      hand.reply = { host, step in
        step == .ato && host.rawValue == 0 ? nil : counting(host, step)
      }
      hand.settle()
      // Meanwhile somebody gives another host a key of their own.
      hand.states[10].key = .other
      hand.reply = counting
      hand.wait(.minutes(16))
      return hand.intents(of: .ipk).contains(HostID(rawValue: 10))
    }
    #expect(!stale(.all))
    #expect(stale(.all.subtracting(.freshLooks)))
  }
}
