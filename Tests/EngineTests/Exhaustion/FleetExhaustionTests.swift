import Background
import Engine
import Foundation
import Planning
import Testing
import VolumeActivation

/// A server and two clients, explored completely: the KMS host knows four machines, can hold no more
/// until a client asks it, and activates clients from six on.
@Suite struct FleetExhaustionTests {
  /// A whole walk, and how far it goes: the numbers change with the rules, and with nothing else.
  struct Walked: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var alphabet: SmallFleet.Alphabet
    var maxExposed = 2
    var states: Int
    var transitions: Int
  }

  @Test(arguments: Walked.all)
  func `no promise is broken in any state of a fleet of three`(walked: Walked) async {
    let setting = SmallFleet.Setting(
      Self.sketch(maxExposed: walked.maxExposed), thresholds: Thresholds(client: 6, server: 2),
      foreign: 4, alphabet: walked.alphabet)
    let walk = await Background.compute { Walk(from: SmallFleet(setting)) }
    print("\(walked.testDescription): \(walk)")
    #expect(walk.broken.isEmpty)
    #expect(walk.stuck == nil)
    #expect(walk.states == walked.states)
    #expect(walk.transitions == walked.transitions)
  }

  static func sketch(maxExposed: Int = 3) -> PlanSketch {
    var sketch = PlanSketch()
    sketch.servers = 1
    sketch.clients = 2
    sketch.activations = 2
    sketch.policy.maxExposed = maxExposed
    sketch.policy.spares = 0
    sketch.policy.failureBudget = .hosts(3)
    sketch.policy.confidence = 0.9
    sketch.policy.retries = 1
    sketch.policy.askRetries = 1
    Untimed.set(&sketch.policy)
    return sketch
  }
}

extension FleetExhaustionTests.Walked {
  /// With `MUSTER_EXHAUST` set, those that take minutes too: `make exhaust`.
  static let all =
    ProcessInfo.processInfo.environment["MUSTER_EXHAUST"] == nil ? short : short + long

  private static let short: [Self] = [
    Self(
      testDescription: "answers that take their time, and clients that ask by themselves",
      alphabet: [.slowAnswers, .slowReadings, .selfAsk], maxExposed: 3, states: 75_682,
      transitions: 337_963),
    Self(
      testDescription: "refusals for good", alphabet: .never, states: 52_934, transitions: 202_736),
    Self(testDescription: "rollback", alphabet: .rollback, states: 180_669, transitions: 680_518),
  ]

  private static let long: [Self] = [
    Self(
      testDescription: "lost requests and answers", alphabet: .lost, states: 266_128,
      transitions: 1_490_907),
    Self(
      testDescription: "hold and skip", alphabet: [.hold, .skip], states: 230_356,
      transitions: 1_129_614),
    Self(
      testDescription: "crashes", alphabet: .crash, states: 264_186, transitions: 1_514_168),
    Self(
      testDescription: "all refusals", alphabet: [.again, .never], states: 306_324,
      transitions: 1_869_000),
  ]
}
