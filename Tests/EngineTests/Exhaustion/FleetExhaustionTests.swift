import Engine
import Planning
import Testing
import VolumeActivation

@Suite struct FleetExhaustionTests {
  /// A server and two clients; the KMS host knows four machines, and can hold no more until a client
  /// asks it.
  static func sketch(activations: Int = 2, maxExposed: Int = 3) -> PlanSketch {
    var sketch = PlanSketch()
    sketch.servers = 1
    sketch.clients = 2
    sketch.activations = activations
    sketch.policy.maxExposed = maxExposed
    sketch.policy.spares = 0
    sketch.policy.failureBudget = .hosts(3)
    sketch.policy.confidence = 0.9
    sketch.policy.retries = 1
    sketch.policy.askRetries = 1
    Untimed.set(&sketch.policy)
    return sketch
  }

  @Test func `no promise is broken by a fleet of three without faults`() {
    let setting = SmallFleet.Setting(
      Self.sketch(), thresholds: Thresholds(client: 6, server: 2), foreign: 4,
      alphabet: [.slowAnswers, .selfAsk])
    let walk = Walk(from: SmallFleet(setting), limit: 1_000_000)
    print(walk)
    #expect(walk.broken.isEmpty)
    #expect(walk.stuck == nil)
  }
}
