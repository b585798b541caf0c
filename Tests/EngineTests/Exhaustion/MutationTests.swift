import Background
import Engine
import Planning
import Testing
import VolumeActivation

/// Each rule taken away, and each fault planted, is caught: by the walk through all states of a small
/// fleet, or by random runs of a large one.
@Suite struct MutationTests {
  /// A fault, and what is to show it.
  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rules: Engine.Rules = []
    var plants: SmallFleet.Plants = []
    var alphabet: SmallFleet.Alphabet = []
    var sketch: @Sendable (inout PlanSketch) -> Void = { _ in }
    var thresholds = Thresholds(client: 6, server: 2)
    var foreign = 4
    /// What is broken by it; nil is that the run comes to no end.
    var breaks: String?

    var madeSketch: PlanSketch {
      var made = FleetExhaustionTests.sketch()
      sketch(&made)
      return made
    }
  }

  @Test(arguments: Fault.all)
  func `a walk through a small fleet catches`(fault: Fault) async {
    let sketch = fault.madeSketch
    let setting = SmallFleet.Setting(
      sketch, thresholds: fault.thresholds, foreign: fault.foreign, alphabet: fault.alphabet,
      rules: Engine.Rules.all.subtracting(fault.rules), plants: fault.plants)
    let found = await Background.compute {
      Walk(from: SmallFleet(setting), limit: 300_000, stopsAtFirst: true)
    }
    print("\(fault.testDescription): \(found)")
    if let breaks = fault.breaks {
      #expect(found.broken.keys.first == breaks)
    } else {
      #expect(found.broken.isEmpty && found.stuck != nil)
    }
  }

  /// What only a fleet with many sites and a lockout has room for.
  @Test(arguments: [Engine.Rules.canary, .slots, .quiet])
  func `random runs catch a rule that is taken away`(rule: Engine.Rules) async {
    let broken = await Background.compute {
      (0..<40 as Range<UInt64>).lazy.compactMap { seed -> String? in
        var storm = Storm(seed: seed, rules: Engine.Rules.all.subtracting(rule))
        return storm.run().map { "\($0), seed \(seed)" }
      }.first
    }
    print("\(rule): \(broken ?? "nothing")")
    #expect(broken != nil)
  }
}

extension MutationTests.Fault {
  static let all: [Self] = rules + plants

  /// DESIGN's rules, one taken away at a time.
  private static let rules: [Self] = [
    Self(
      testDescription: "ipk before skms",
      sketch: { $0.policy.stepOrder = .documented },
      breaks: "an exposed host points nowhere"),
    Self(
      testDescription: "a decided change takes no slot", rules: .slots,
      alphabet: [.rollback],
      sketch: { sketch in
        sketch.policy.maxExposed = 2
        sketch.activations = 3
      },
      breaks: "more hosts are exposed than allowed"),
    Self(
      testDescription: "a look is believed however old", rules: .freshLooks,
      alphabet: [.oldLooks], breaks: "a host is changed on an old look"),
    Self(
      testDescription: "\"not done\" is believed at once", rules: .quiet, alphabet: [.late],
      breaks: "a step is sent while another still runs"),
    Self(
      testDescription: "a hold stops changed hosts too", rules: .draining, alphabet: [.hold],
      breaks: nil),
    Self(
      testDescription: "the guard is skipped", rules: .guarded, alphabet: [.skip],
      breaks: "a host is changed though the count cannot be reached"),
    Self(
      testDescription: "no way back is reserved", rules: .reservation,
      breaks: "more activations are spent and held than there are"),
    Self(
      testDescription: "whoever was changed counts as new in a later reading",
      rules: .changedAddsNothing, alphabet: [.slowAnswers, .never],
      thresholds: Thresholds(client: 3, server: 2), foreign: 0,
      breaks: "a host is changed though the count cannot be reached"),
  ]

  /// Faults of the driver and of the world's accounts.
  private static let plants: [Self] = [
    Self(
      testDescription: "a step is sent before its intent is durable", plants: .sendsFirst,
      breaks: "a step is sent while another still runs"),
    Self(
      testDescription: "the transport sends a request twice", plants: .sendsTwice,
      alphabet: [.lost], breaks: "more activations are burnt than counted"),
    Self(
      testDescription: "a lost MAK activation is repeated", plants: .lostIsRefused,
      alphabet: [.lost], breaks: "more activations are burnt than counted"),
    Self(
      testDescription: "what got no answer is taken for done", plants: .silenceIsDone,
      alphabet: [.lost], breaks: "an exposed host points nowhere"),
    Self(
      testDescription: "a changed host is skipped", plants: .skipsChanged, alphabet: [.skip],
      breaks: "says unchanged or restored, is not"),
    Self(
      testDescription: "a person's grant does not ask the purse", plants: .grantsFreely,
      alphabet: [.never, .retry, .rollback],
      breaks: "more activations are spent and held than there are"),
    Self(
      testDescription: "the budget is off by one", plants: .purseIsShort, alphabet: [.rollback],
      breaks: "more activations are burnt than the MAK has"),
    Self(
      testDescription: "a rescue begins without a look", plants: .rescuesBlindly,
      alphabet: [.selfAsk, .never], breaks: "a KMS licence is thrown away to rescue"),
    Self(
      testDescription: "a reading from before a restart is trusted", plants: .readsOnce,
      alphabet: [.restart], breaks: "a host is changed though the count cannot be reached"),
    Self(
      testDescription: "a crash forgets a decided change", plants: .forgetsChange,
      alphabet: [.crash, .slowAnswers], breaks: "says drifted, and nobody laid hand on it"),
  ]
}
