import Engine
import Planning
import Testing
import VolumeActivation

/// What a host costs that does not answer looks.
@Suite struct MissedLookTests {
  @Test(arguments: [Milliseconds.zero, .seconds(30)])
  func `who does not answer is looked for ever more rarely, whatever the pause before retries`(
    retryPause: Milliseconds
  ) {
    var sketch = PlanSketch(clients: 40)
    sketch.policy.retryPause = retryPause
    let host = HostID(rawValue: 0)
    var hand = Hand(sketch)
    hand.lose(host)
    hand.run(for: .hours(1))

    let missed = hand.log.filter { $0.what == .unread(host, .unreachable) }.map(\.at)
    let pauses = zip(missed, missed.dropFirst()).map { $1 - $0 }
    #expect(pauses.count > 5)
    #expect(pauses.allSatisfy { $0 > .zero })
    #expect(pauses.prefix(7).elementsEqual(pauses.prefix(7).sorted()))
    #expect(pauses.dropFirst(7).allSatisfy { $0 >= .seconds(12) })
  }

  @Test func `looks that were missed are no retries of the step`() {
    let host = HostID(rawValue: 0)
    var hand = Hand(PlanSketch(clients: 40))
    hand.lose(host)
    hand.run(for: .hours(1))
    hand.silent = [:]
    let counting = hand.reply
    // The COM server is not up yet.
    hand.reply = {
      $0 == host && $1 == .skms ? .refused(HRESULT(rawValue: 0x8008_0005)) : counting($0, $1)
    }
    hand.run(for: .hours(2))

    #expect(hand.intents(of: .skms).count { $0 == host } == 2 + Policy().retries)
    #expect(hand.phase(0) == .failed)
  }
}
