import Engine
import Planning
import Testing
import VolumeActivation

/// When a run is over.
@Suite struct EndTests {
  @Test func `a run does not end while an unsettled host is being looked at`() {
    let host = HostID(rawValue: 39)
    var hand = Hand(PlanSketch(clients: 40))
    hand.lose(host)
    hand.run(for: .hours(4) + .minutes(20))
    #expect(hand.phase(39) == .unsettled(.skms))

    hand.silent = [:]
    hand.now = hand.now + .minutes(40)
    var looks: [HostID] = []
    var isLookedAt = false
    repeat {
      while let decision = hand.engine.nextDecision(at: hand.now) { hand.feed(decision.what) }
      looks = []
      while let next = hand.engine.nextLook(at: hand.now) { looks.append(next) }
      isLookedAt = isLookedAt || looks.contains(host)
      looks.removeAll { $0 == host }
      for other in looks { hand.feed(.looked(other, hand.states[Int(other.rawValue)])) }
    } while !looks.isEmpty
    #expect(isLookedAt)
    #expect(hand.stage(0) == .closed)
    #expect(!hand.engine.run.finished)

    hand.feed(.looked(host, hand.states[39]))
    hand.run(for: .hours(2))
    #expect(hand.engine.run.finished)
    #expect(hand.phase(39) == .failed)
  }
}
