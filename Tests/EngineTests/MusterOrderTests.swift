import Engine
import Planning
import Testing
import VolumeActivation

/// Whose turn it is in a muster, and who has to wait although it is.
@Suite struct MusterOrderTests {
  @Test func `nobody is sent in the place of a host that is still in flight`() {
    var hand = Hand(PlanSketch(clients: 40))
    // The first answer proves the path; all others are still to come.
    hand.reply = { host, step in
      if step == .ato { host.rawValue == 0 ? .refused(.countTooLow) : nil } else { .done }
    }
    hand.settle()
    hand.readings[0].count = 12  // some of them have asked, and nobody knows which
    hand.wait(.minutes(3))
    hand.wait(.minutes(3))

    #expect(hand.intents(of: .ipk).count == 24)
  }

  @Test func `whom the order promises not to expose waits for the confirmed count`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))

    #expect(hand.answersBefore(intent: 25) == 24)
    #expect(hand.count(.licensed) == 40)
  }

  @Test func `without the barrier others are exposed with the first 24`() {
    var hand = Hand(PlanSketch(clients: 40), rules: .all.subtracting(.barrier))
    hand.countWhoeverAsks()
    let counting = hand.reply
    // Answers come late, all together.
    hand.reply = { host, step in step == .ato && host.rawValue > 0 ? nil : counting(host, step) }
    hand.settle()

    #expect(hand.mostExposed > 24)
  }

  @Test func `servers fill a small memory, then one client lifts it, then the others follow`() {
    var hand = Hand(PlanSketch(servers: 12, clients: 30))
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))

    let kinds = hand.intents(of: .ipk).map { hand.engine.plan.hosts[Int($0.rawValue)].kind }
    #expect(kinds.prefix(10).allSatisfy { $0 == .server })
    #expect(kinds[10] == .client)
    #expect(kinds[11...12].allSatisfy { $0 == .server })
    #expect(hand.count(.licensed) == 42)
  }

  @Test func `the first client flies alone while the memory is small`() {
    var hand = Hand(PlanSketch(servers: 10, clients: 30, sites: 5))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .ato && host.rawValue >= 10 ? nil : counting(host, step)
    }
    hand.settle()

    #expect(hand.intents(of: .ipk).filter { $0.rawValue >= 10 }.count == 1)
  }

  @Test func `servers go on beyond ten when no client takes part`() {
    var hand = Hand(PlanSketch(servers: 14, clients: 4))
    hand.countWhoeverAsks()
    hand.counter?.limit = 10
    hand.run(for: .minutes(10))

    #expect(hand.count(.licensed) == 14)
    #expect(hand.intents(of: .ipk).allSatisfy { $0.rawValue < 14 })
    #expect(hand.engine.hosts[14...].allSatisfy { $0.touched == .nothing })
  }

  @Test func `one host of a group is exposed at a time`() {
    var sketch = PlanSketch(clients: 30)
    sketch.group = { index in index < 3 ? "cluster" : nil }
    var hand = Hand(sketch)
    hand.reply = { _, step in step == .ato ? .refused(.countTooLow) : .done }
    hand.settle()

    #expect(hand.intents(of: .ipk).filter { $0.rawValue < 3 }.count <= 1)
    #expect(hand.intents(of: .ipk).count > 10)
  }
}

extension Hand {
  /// How many requests were counted when the n-th key was sent.
  fileprivate func answersBefore(intent number: Int) -> Int {
    var (intents, answers) = (0, 0)
    for event in log {
      switch event.what {
      case .intended(_, .ipk, _):
        intents += 1
        if intents == number { return answers }
      case .answered(_, _, .refused(.countTooLow)): answers += 1
      default: break
      }
    }
    return answers
  }
}
