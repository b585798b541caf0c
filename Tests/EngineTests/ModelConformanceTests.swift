import Engine
import Planning
import Testing
import VolumeActivation

/// `HostRun` against the model that was explored to closure, transition by transition.
@Suite struct ModelConformanceTests {
  @Test func `a host does what the model does, in each of its states and for each input`() throws {
    let fixture = try ModelFixture()
    #expect(fixture.models.map(\.worlds) == [256_152, 200_064])
    for model in fixture.models {
      var mismatches = 0
      for transition in model.transitions {
        let before = model.states[transition.from]
        let after = model.states[transition.to]
        var host = HostRun(before, confirmation: model.name == "confirmation")
        host.take(transition.input, quiet: before.quiet)
        if host.shape == after.shape { continue }
        if before.healsWhileUnknown(transition.input), host.phase == .licensed { continue }
        mismatches += 1
        guard mismatches <= 10 else { continue }
        Issue.record(
          "\(model.name): \(before) —\(transition.input)→ \(host.shape), the model: \(after.shape)")
      }
      #expect(mismatches == 0, "of \(model.transitions.count) transitions of \(model.name)")
    }
  }
}

private let now = Timestamp(rawValue: 1_000_000_000)

private let policy = {
  var policy = Policy()
  policy.retries = 1  // as the model has it
  policy.askRetries = 1
  return policy
}()

/// What the model and the engine both say of a host.
private struct Shape: Equatable, CustomStringConvertible {
  var phase: String
  var wish: String
  var touched: Int
  var granted: Int
  var spent: Int
  /// Only while it decides something.
  var reason: String
  var ending: String

  var description: String {
    "\(phase) wish:\(wish) touched:\(touched) spent:\(spent)/\(granted) \(reason) →\(ending)"
  }
}

extension ModelFixture.State {
  /// Where the engine knows better than the model: a rescue of which it is not known whether the
  /// MAK was reinstalled, and a look that shows the host licensed by KMS.
  ///
  /// The model reinstalls the MAK and throws that licence away; simulated runs found it.
  fileprivate func healsWhileUnknown(_ input: Substring) -> Bool {
    phase == "unk" && step == "ipkM" && reason == "rescue" && quiet && input.hasPrefix("see G1")
  }

  fileprivate var shape: Shape {
    Shape(
      phase: step.isEmpty || phase == "wait" ? String(phase) : "\(phase) \(step)",
      wish: String(wish), touched: touched, granted: granted, spent: spent,
      reason: phase == "check" ? String(reason) : "",
      ending: phase == "ready" && step == "rkms"
        ? (ending.isEmpty ? "restored" : String(ending)) : "")
  }
}

extension Step {
  fileprivate init?(model: Substring) {
    switch model {
    case "skms": self = .skms
    case "ipk": self = .ipk
    case "ato": self = .ato
    case "ipkM": self = .ipkMAK
    case "cid": self = .cid
    case "atoM": self = .atoMAK
    case "rkms": self = .rkms
    default: return nil
    }
  }

  fileprivate var model: String {
    switch self {
    case .skms: "skms"
    case .ipk: "ipk"
    case .ato: "ato"
    case .ipkMAK: "ipkM"
    case .cid: "cid"
    case .atoMAK: "atoM"
    case .rkms: "rkms"
    }
  }
}

extension HostRun {
  /// A host that stands where the model's state says.
  fileprivate init(_ state: ModelFixture.State, confirmation: Bool) {
    self.init(way: confirmation ? [.licensed, .online, .confirmation] : [.licensed, .online])
    let step = Step(model: state.step)
    phase =
      switch (state.phase, step) {
      case ("planned", _): .planned
      case ("ready", let step?): .ready(step)
      case ("under", let step?): .underWay(step)
      case ("unk", let step?): .unknown(step)
      case ("retry", let step?): .retrying(step)
      case ("wait", _): .waiting
      case ("check", _): .check
      case ("licensed", _): .licensed
      case ("restored", _): .restored
      case ("failed", _): .failed
      case ("skipped", _): .skipped
      case ("drifted", _): .drifted
      case ("stranded", _): .stranded
      case ("unsettled", let step): .unsettled(step)
      case (let phase, let step): preconditionFailure("the model's \(phase) \(step as Any)")
      }
    switch state.wish {
    case "skip": wish = .skip
    case "back": wish = .back
    default: wish = .none
    }
    switch state.reason {
    case "ordered": reason = .ordered
    case "undo": reason = .undo
    default: reason = .rescue
    }
    switch state.ending {
    case "failed": ending = .failed
    case "skipped": ending = .skipped
    default: ending = .restored
    }
    touched = [.nothing, .settings, .key][state.touched]
    tries = UInt8(state.tries)
    granted = UInt8(state.granted)
    spent = UInt8(state.spent)
    marks.insert(.reserved)
    deadline = state.overdue ? now : now + .hours(1)
    doubtSince = state.quiet ? nil : now
  }

  fileprivate var shape: Shape {
    let (name, step): (String, Step?) =
      switch phase {
      case .planned: ("planned", nil)
      case .ready(let step): ("ready", step)
      case .underWay(let step): ("under", step)
      case .unknown(let step): ("unk", step)
      case .retrying(let step): ("retry", step)
      case .waiting: ("wait", nil)
      case .check: ("check", nil)
      case .licensed: ("licensed", nil)
      case .restored: ("restored", nil)
      case .failed: ("failed", nil)
      case .skipped: ("skipped", nil)
      case .drifted: ("drifted", nil)
      case .stranded: ("stranded", nil)
      case .unsettled(let step): ("unsettled", step)
      }
    return Shape(
      phase: step.map { "\(name) \($0.model)" } ?? name,
      wish: wish == .skip ? "skip" : wish == .back ? "back" : "",
      touched: Int(touched.rawValue), granted: Int(granted), spent: Int(spent),
      reason: phase == .check ? "\(reason)" : "",
      ending: phase == .ready(.rkms) ? "\(ending)" : "")
  }

  /// Gives the host one of the model's inputs.
  fileprivate mutating func take(_ input: Substring, quiet: Bool) {
    let words = input.split(separator: " ")
    switch words[0] {
    case "see": _ = observe(Look(model: words[1]), quiet: quiet)
    case "answer":
      let answer: Answer =
        switch words[1] {
        case "ok": .done
        case "wait": .counted
        case "again": .again
        case "never": .never
        default: .doubtful  // lost, maybe, wrong
        }
      settle(answer, at: now, policy: policy)
    case "intend":
      if let step = Step(model: words[1]) { intend(step, attempt: 1, at: now, policy: policy) }
    case "crash": restart(at: now)
    case "unreachable": giveUpReading()
    case "reachable": answersAgain()
    case "deadline" where input == "deadline": turn(.rescue)
    case "skip": _ = skip()
    case "rollback":
      if rollBack() == .noted, phase == .licensed { turn(.ordered) }
    case "retry" where input == "retry due": resume()
    case "retry": _ = retry(granting: input.contains("one more") ? 1 : 0)
    case "count": resume()
    case "hold", "resume", "look", "quiet", "deadline":
      break  // the run's: a hold, a look that is made again, the passing of time
    default: preconditionFailure("the model's input \(input)")
    }
  }
}

extension Look {
  /// `M11`: the original key, licensed, pointing at our KMS host.
  fileprivate init(model: Substring) {
    let letters = Array(model)
    self.init(
      key: letters[0] == "M" ? .original : letters[0] == "G" ? .target : .other,
      licensed: letters[1] == "1", pointsAtKMSHost: letters[2] == "1",
      settingsAsBefore: letters[2] == "0", confirmationFits: true, bootedAt: Timestamp(rawValue: 0))
  }
}
