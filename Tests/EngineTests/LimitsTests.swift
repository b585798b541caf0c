import Engine
import Planning
import Testing
import VolumeActivation

/// What a wave needs beside the guard: slots, activations, leave, and the right hour.
@Suite struct LimitsTests {
  @Test func `a muster has a slot and an activation for the host that brings the count there`() {
    func begin(maxExposed: Int, activations: Int) -> Hand {
      var sketch = PlanSketch(clients: 40)
      sketch.policy.spares = 0
      sketch.policy.maxExposed = maxExposed
      sketch.activations = activations
      var hand = Hand(sketch)
      hand.countWhoeverAsks()
      hand.run(for: .hours(14))
      return hand
    }
    // With 24 of either 24 hosts would wait for the 25th in vain, and be rescued.
    #expect(begin(maxExposed: 24, activations: 50).reasons == [.exposureLimit(peak: 25, limit: 24)])
    #expect(
      begin(maxExposed: 30, activations: 24).reasons
        == [.activationsShort(MAKID(rawValue: 0), needed: 25, left: 24)])
    #expect(begin(maxExposed: 25, activations: 25).count(.licensed) == 40)
  }

  // MARK: Exposure

  @Test func `a muster that peaks above the limit does not open`() {
    var sketch = PlanSketch(clients: 40)
    sketch.policy.maxExposed = 20
    var hand = Hand(sketch)
    hand.countWhoeverAsks()
    hand.settle()

    #expect(hand.reasons == [.exposureLimit(peak: 26, limit: 20)])  // 24 and two spares
    #expect(hand.intents(of: .skms).isEmpty)

    hand.say(.tune(Tuning(maxExposed: 40)))
    hand.run(for: .minutes(10))
    #expect(hand.count(.licensed) == 40)
  }

  @Test func `without the rule a rollout exposes more than the limit`() {
    func mostExposed(_ rules: Engine.Rules) -> Int {
      var sketch = PlanSketch(clients: 0, rollout: 60)
      sketch.policy.maxExposed = 5
      var hand = Hand(sketch, rules: rules)
      hand.readings[0].count = 40
      // Every answer to `ato` is still to come, but for the first.
      hand.reply = { host, step in step == .ato && host.rawValue > 0 ? nil : .done }
      hand.settle()
      return hand.mostExposed
    }
    #expect(mostExposed(.all) == 5)
    #expect(mostExposed(.all.subtracting(.slots)) > 5)
  }

  @Test func `one muster at a time where two would not fit`() {
    var sketch = PlanSketch(clients: 30)
    sketch.kmsHosts = 2
    var hand = Hand(sketch)
    hand.readings[1].count = 0
    hand.reply = { host, step in step == .ato && host.rawValue > 0 ? nil : .done }
    hand.settle()
    #expect([hand.stage(0), hand.stage(1)] == [.open, .pending])
    #expect(hand.reasons.isEmpty)

    sketch.policy.maxExposed = 60
    var roomy = Hand(sketch)
    roomy.reply = hand.reply
    roomy.settle()
    #expect([roomy.stage(0), roomy.stage(1)] == [.open, .open])
  }

  @Test func `a muster's whole peak is kept from others`() {
    // One KMS host musters, the other rolls out beside it.
    var sketch = PlanSketch(clients: 30, rollout: 30)
    sketch.kmsHosts = 2
    var hand = Hand(sketch)
    hand.readings[1].count = 50
    hand.reply = { host, step in step == .ato ? nil : .done }
    hand.settle()

    #expect(hand.engine.exposed <= 40)
    let beside = hand.engine.hosts[60...].count { $0.isExposed }
    #expect(beside <= 40 - 24)
  }

  // MARK: Failures

  @Test func `unreachable hosts spend the failure budget before a muster opens`() {
    var sketch = PlanSketch(clients: 40)
    sketch.policy.failureBudget = .hosts(2)
    var hand = Hand(sketch)
    hand.countWhoeverAsks()
    for host in 0..<3 { hand.silent[HostID(rawValue: UInt32(host))] = .unreachable }
    hand.run(for: .hours(1))

    #expect(hand.reasons == [.failureBudget(failed: 3, allowed: 2)])
    #expect(hand.intents(of: .skms).isEmpty)
    #expect((0..<3).allSatisfy { hand.phase($0) == .failed })

    // A person has seen them: they count no more.
    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.run(for: .minutes(10))
    #expect(hand.count(.licensed) == 37)
  }

  @Test func `failures hold a rollout between its hosts`() {
    var sketch = PlanSketch(clients: 0, rollout: 100)
    sketch.policy.failureBudget = .percent(5)
    sketch.policy.concurrency = 4
    var hand = Hand(sketch)
    hand.readings[0].count = 40
    hand.reply = { host, step in
      step == .skms && host.rawValue % 2 == 1 ? .refused(0x8007_0005) : .done
    }
    hand.settle()

    #expect(hand.reasons == [.failureBudget(failed: 6, allowed: 5)])
    #expect(hand.intents(of: .skms).count < 20)
  }

  @Test func `failures do not hold a muster that has exposed hosts`() {
    var sketch = PlanSketch(clients: 40)
    sketch.policy.failureBudget = .hosts(0)
    var hand = Hand(sketch)
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .skms && [10, 11].contains(host.rawValue)
        ? .refused(0x8007_0005) : counting(host, step)
    }
    hand.run(for: .minutes(10))

    #expect(hand.reasons.isEmpty)
    #expect(hand.count(.licensed) == 38)
  }

  // MARK: Leave

  @Test func `a wave that needs approval waits for it`() {
    var sketch = PlanSketch(clients: 40, rollout: 10)
    sketch.policy.approve = [2]
    var hand = Hand(sketch)
    hand.countWhoeverAsks()
    hand.run(for: .hours(2))
    #expect([hand.stage(0), hand.stage(1)] == [.closed, .pending])

    #expect(hand.say(.approve(WaveID(rawValue: 1))) == .obeyed)
    hand.run(for: .hours(2))
    #expect(hand.count(.licensed) == 50)
    #expect(hand.engine.run.finished)
  }

  @Test func `the next wave opens when the last one has soaked`() {
    var hand = Hand(PlanSketch(clients: 40, rollout: 10))
    hand.countWhoeverAsks()
    hand.run(for: .minutes(29))
    #expect([hand.stage(0), hand.stage(1)] == [.open, .pending])
    hand.run(for: .minutes(5))
    #expect(hand.stage(0) == .closed)
    #expect(hand.count(.licensed) == 50)
  }

  // MARK: Hours

  private func windowed(_ sketch: PlanSketch) -> Hand {
    var sketch = sketch
    sketch.policy.window = MaintenanceWindow(opens: 20 * 60, closes: 5 * 60, timeZone: "UTC")
    return Hand(sketch)
  }

  @Test func `nobody unchanged is begun outside the window`() {
    var hand = windowed(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    hand.feed(.window(open: false, until: hand.now + .hours(3)))
    hand.settle()
    #expect(hand.intents(of: .skms).isEmpty)

    hand.feed(.window(open: true, until: hand.now + .hours(9)))
    hand.run(for: .minutes(10))
    #expect(hand.count(.licensed) == 40)
  }

  @Test func `a muster with exposed hosts goes on when the window closes`() {
    var sketch = PlanSketch(clients: 40)
    sketch.policy.concurrency = 6  // the others are not begun when it closes
    var hand = windowed(sketch)
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in step == .ipk && host.rawValue > 2 ? nil : counting(host, step) }
    hand.feed(.window(open: true, until: hand.now + .hours(1)))
    hand.settle()
    #expect(hand.engine.exposed > 0)

    hand.feed(.window(open: false, until: hand.now + .hours(20)))
    hand.reply = counting
    hand.run(for: .minutes(10))
    #expect(hand.count(.licensed) >= 25)
    #expect(hand.engine.exposed == 0)
  }

  @Test func `a rollout pauses when the window closes, and changed hosts go on`() {
    var sketch = PlanSketch(clients: 0, rollout: 40)
    sketch.policy.concurrency = 4
    var hand = windowed(sketch)
    hand.readings[0].count = 40
    hand.reply = { _, step in step == .ato ? nil : .done }
    hand.feed(.window(open: true, until: hand.now + .hours(1)))
    hand.settle()
    let changed = hand.intents(of: .ipk).count
    #expect(changed > 0 && changed < 40)

    hand.feed(.window(open: false, until: hand.now + .hours(20)))
    hand.reply = { _, _ in .done }
    hand.settle()
    #expect(hand.intents(of: .ipk).count == changed)
    #expect(hand.count(.licensed) == changed)
  }

  // MARK: Activations

  @Test func `a muster whose way back cannot be reserved does not open`() {
    var sketch = PlanSketch(clients: 40)
    sketch.activations = 20
    var hand = Hand(sketch)
    hand.countWhoeverAsks()
    hand.settle()

    #expect(
      hand.reasons == [.activationsShort(MAKID(rawValue: 0), needed: 26, left: 20)])
    #expect(hand.intents(of: .skms).isEmpty)
  }

  @Test func `each changed host holds an activation for its way back`() {
    func mostExposed(_ rules: Engine.Rules) -> Int {
      var sketch = PlanSketch(clients: 0, rollout: 60)
      sketch.activations = 3
      var hand = Hand(sketch, rules: rules)
      hand.readings[0].count = 40
      hand.reply = { host, step in step == .ato && host.rawValue > 0 ? nil : .done }
      hand.settle()
      return hand.mostExposed
    }
    #expect(mostExposed(.all) == 3)
    #expect(mostExposed(.all.subtracting(.reservation)) > 3)
  }

  @Test func `a host without a way back is changed after the threshold only`() {
    var plan = PlanSketch(clients: 40).plan
    plan.hosts[3].wayBack = .none
    var hand = Hand(plan)
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))

    let place = hand.intents(of: .ipk).firstIndex(of: HostID(rawValue: 3))
    #expect(place ?? 0 >= 24)
    #expect(hand.count(.licensed) == 40)
  }
}
