import Engine
import Planning
import Testing
import VolumeActivation

/// KMS clients that are asked again, which is free and comes first.
@Suite struct RenewalTests {
  @Test func `renewals come first, and the order is made from the count read after them`() {
    var hand = Hand(PlanSketch(clients: 30, renewals: 20))
    hand.countWhoeverAsks()
    hand.run(for: .hours(1))

    let firstKey = hand.log.firstIndex { event in
      if case .intended(_, .ipk, _) = event.what { true } else { false }
    }
    let answered = hand.log.prefix(firstKey ?? 0).compactMap { event in
      if case .answered(let host, _, _) = event.what { host } else { nil }
    }
    #expect(Set(answered.filter { $0.rawValue < 20 }).count == 20)
    #expect(hand.mostWaiting == 4)  // 20 are counted: the 25th relieves four
    #expect(hand.count(.licensed) == 50)
  }

  @Test func `a client that was not yet activated waits for the count without being exposed`() {
    var plan = PlanSketch(clients: 30, renewals: 2).plan
    for index in 0..<2 { plan.hosts[index].licensed = false }
    var hand = Hand(plan)
    hand.countWhoeverAsks()
    hand.run(for: .minutes(10))

    #expect(hand.count(.licensed) == 32)
    #expect(hand.mostWaiting <= 22)
    #expect(hand.intents(of: .ipk).allSatisfy { $0.rawValue >= 2 })
  }

  @Test func `a renewal that is refused leaves the host licensed`() {
    var hand = Hand(PlanSketch(clients: 30, renewals: 4))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in host.rawValue == 1 ? .refused(0xC004_F035) : counting(host, step) }
    hand.run(for: .hours(1))

    #expect(hand.engine.hosts[1].touched == .nothing)
    #expect(hand.count(.licensed) >= 33)
  }
}
