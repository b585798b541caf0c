import Engine
import Planning
import Testing
import VolumeActivation

/// What a person says of single hosts, at awkward moments too.
@Suite struct WishTests {
  private let host = HostID(rawValue: 0)

  /// A muster in which every step of this kind stays under way.
  private func stopped(at step: Step) -> Hand {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, sent in sent == step ? nil : counting(host, sent) }
    hand.settle()
    return hand
  }

  @Test func `a planned host is skipped at once`() {
    var hand = Hand(PlanSketch(clients: 20))
    #expect(hand.say(.skip(host)) == .obeyed)
    #expect(hand.phase(0) == .skipped)
  }

  @Test func `a skip while the host is being pointed is obeyed when that has settled`() {
    var hand = stopped(at: .skms)
    #expect(hand.say(.skip(host)) == .noted(1))
    #expect(hand.phase(0) == .underWay(.skms))
    hand.reply = { _, _ in .done }
    hand.settle()

    #expect(hand.phase(0) == .skipped)
    #expect(!hand.intents(of: .ipk).contains(host))
    #expect(hand.states[0].settingsAsBefore)
  }

  @Test func `a host whose key was changed can only go forward or back`() {
    var hand = stopped(at: .ato)
    #expect(hand.say(.skip(host)) == .refused(.changed(host)))
    #expect(hand.phase(0) == .underWay(.ato))
  }

  @Test func `a rollback while the key is being changed is obeyed when that has settled`() {
    var hand = stopped(at: .ipk)
    #expect(hand.say(.rollback([host])) == .noted(1))
    hand.reply = { _, _ in .done }
    hand.run(for: .hours(1))

    #expect(hand.phase(0) == .restored)
    #expect(!hand.intents(of: .ato).contains(host))
    #expect(hand.engine.hosts[0].spent == 1)
  }

  @Test func `a rollback of a step whose answer was lost waits for the look that settles it`() {
    var hand = stopped(at: .ipk)
    hand.say(.rollback([host]))
    hand.answer(host, .silent(.lost))  // it was not executed: the host keeps its MAK
    hand.reply = { _, step in step == .ipk ? nil : .done }
    hand.run(for: .hours(1))

    #expect(hand.phase(0) == .skipped)
    #expect(hand.engine.hosts[0].spent == 0)
    #expect(hand.states[0].key == .original && hand.states[0].licensed)
  }

  @Test func `a command for a host that is not in the plan changes nothing`() {
    var hand = Hand(PlanSketch(clients: 20))
    let stranger = HostID(rawValue: 20)
    #expect(hand.say(.skip(stranger)) == .refused(.notInPlan))
    #expect(hand.say(.rollback([stranger])) == .refused(.notInPlan))
    #expect(hand.say(.retry([stranger], grant: 1)) == .refused(.notInPlan))
    #expect(hand.say(.approve(WaveID(rawValue: 9))) == .refused(.notInPlan))
    #expect(hand.engine.hosts.allSatisfy { $0.phase == .planned })
  }

  @Test func `who rests is not begun again by a rollback or a retry`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.states[0].key = .other
    hand.countWhoeverAsks()
    hand.run(for: .hours(1))
    #expect(hand.phase(0) == .drifted)
    #expect(hand.say(.rollback([host])) == .refused(.doesNotApply))
    #expect(hand.say(.retry([host], grant: 1)) == .refused(.doesNotApply))
  }

  @Test func `pointing comes first, so that a host is never exposed while it points nowhere`() {
    func exposedPointless(_ order: StepOrder) -> Bool {
      var sketch = PlanSketch(clients: 40)
      sketch.policy.stepOrder = order
      var hand = Hand(sketch)
      hand.countWhoeverAsks()
      var found = false
      let counting = hand.reply
      hand.reply = { host, step in step == .skms || step == .ipk ? nil : counting(host, step) }
      for _ in 0..<200 {
        hand.settle()
        found = found || hand.states.contains { $0.key == .target && !$0.pointsAtKMSHost }
        guard let next = hand.underWay.first else { break }
        hand.answer(next.host, .done)
      }
      return found
    }
    #expect(!exposedPointless(.pointFirst))
    #expect(exposedPointless(.documented))
  }
}
