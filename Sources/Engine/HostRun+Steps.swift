package import Planning
package import VolumeActivation

extension HostRun {
  /// The first step of its way.
  var firstStep: Step {
    if way.contains(.askOnly) { return .ato }
    return way.contains(.documentedOrder) ? .ipk : .skms
  }

  /// The step after this one on the way to KMS; nil after the last.
  func stepAfter(_ step: Step) -> Step? {
    let documented = way.contains(.documentedOrder)
    return switch step {
    case .skms: documented ? .ato : .ipk
    case .ipk: documented ? .skms : .ato
    case .ato, .ipkMAK, .cid, .atoMAK, .rkms: nil
    }
  }

  /// What is left changed when `ipk` is proven not to have been executed.
  var touchedBeforeKey: Touched {
    way.contains(.documentedOrder) ? .nothing : .settings
  }

  /// Whether an activation of its MAK may still be sent for it.
  package var mayActivate: Bool { marks.contains(.reserved) && spent < granted }

  // MARK: Where it goes

  mutating func rest(_ phase: Phase) {
    self.phase = phase
    marks.subtract([.renewing, .returning, .overtaken])
    wish = .none
    tries = 0
    lookedAt = nil
    due = nil
    deadline = nil
    silentSince = nil
  }

  mutating func go(to phase: Phase) {
    self.phase = phase
    due = nil
    silentSince = nil
  }

  /// Begins the way back of a changed host with a look.
  mutating func goBack(_ reason: BackReason) {
    go(to: .check)
    marks.remove(.renewing)
    self.reason = reason
    wish = .none
    tries = 0
  }

  /// Ends an unchanged licence's way: what was set is restored first.
  mutating func undo(_ ending: Ending) {
    wish = .none
    tries = 0
    if touched >= .settings {
      go(to: .ready(.rkms))
      self.ending = ending
      reason = .undo
    } else {
      rest(ending.phase)
    }
  }

  /// Obeys a wish that waited for the step to settle; false when there was none.
  mutating func obeyWish() -> Bool {
    switch wish {
    case .none: return false
    case .back where touched == .key: goBack(.ordered)
    case .back: undo(.skipped)
    case .skip where touched == .key:
      wish = .none
      return false
    case .skip: undo(.skipped)
    }
    return true
  }

  mutating func giveUpForward() {
    if touched == .key { goBack(.rescue) } else { undo(.failed) }
  }

  /// The step was executed.
  mutating func advance(past step: Step) {
    tries = 0
    switch step {
    case .skms, .ipk:
      if obeyWish() { return }
      if let next = stepAfter(step) { go(to: .ready(next)) }
    case .ato:
      if wish == .back, touched == .key { goBack(.ordered) } else { rest(.licensed) }
    case .ipkMAK:
      go(to: .check)
    case .cid, .atoMAK: restoreSettings()
    case .rkms: rest(ending.phase)
    }
  }

  /// The MAK licence is back: what is left of the way is to restore the KMS settings.
  mutating func restoreSettings() {
    marks.remove(.returning)
    guard touched >= .settings else { return rest(.restored) }
    go(to: .ready(.rkms))
    ending = .restored
  }

  // MARK: What the engine decided

  /// A step is about to be sent.
  package mutating func intend(
    _ step: Step, attempt: UInt32, at now: Timestamp, policy: Policy
  ) {
    go(to: .underWay(step))
    marks.remove(.overtaken)
    self.attempt = attempt
    switch step {
    case .skms: touched = max(touched, .settings)
    case .ipk:
      touched = .key
      if deadline == nil { deadline = now + policy.waitingDeadline }
    case .ato:
      if deadline == nil, !marks.contains(.renewing) { deadline = now + policy.waitingDeadline }
    case .ipkMAK, .cid: marks.insert(.returning)
    case .atoMAK:
      marks.insert(.returning)
      spent += 1
    case .rkms: break
    }
  }

  /// A waiting or retrying host is taken up again.
  package mutating func resume() {
    switch phase {
    case .waiting: go(to: .ready(.ato))
    case .retrying(let step): go(to: .ready(step))
    case .licensed:
      marks.insert(.renewing)
      go(to: .ready(.ato))
    case .planned, .ready, .underWay, .unknown, .check, .restored, .failed, .skipped, .drifted,
      .stranded, .unsettled:
      break
    }
  }

  /// It begins its way back; an unchanged one is undone.
  package mutating func turn(_ reason: BackReason) {
    if touched == .key { goBack(reason) } else { undo(reason == .ordered ? .skipped : .failed) }
  }

  /// It could not be read for too long.
  package mutating func giveUpReading() {
    switch phase {
    case .unknown(let step): restUnsettled(step)
    case .check: restUnsettled(nil)
    case .planned, .ready:
      if touched == .nothing {
        rest(.failed)
      } else {
        reason = .rescue
        wish = .none
        restUnsettled(nil)
      }
    case .underWay, .retrying, .waiting, .licensed, .restored, .failed, .skipped, .drifted,
      .stranded, .unsettled:
      break
    }
  }

  mutating func restUnsettled(_ step: Step?) {
    phase = .unsettled(step)
    due = nil
    silentSince = nil
  }

  /// An unsettled host answers.
  package mutating func answersAgain() {
    guard case .unsettled(let step) = phase else { return }
    go(to: step.map(Phase.unknown) ?? .check)
    answersSince = nil
  }

  /// The process that was on it is gone.
  package mutating func restart(at now: Timestamp) {
    guard case .underWay(let step) = phase else { return }
    go(to: .unknown(step))
    doubt(at: now)
  }

  private mutating func doubt(at now: Timestamp) {
    doubtSince = now
    answersSince = nil
  }

  // MARK: What the host said

  /// The step's answer came.
  package mutating func settle(_ answer: Answer, at now: Timestamp, policy: Policy) {
    guard case .underWay(let step) = phase else { return }
    if marks.contains(.renewing), answer == .counted || answer == .never {
      rest(.licensed)  // it stays licensed, whatever the count is
      return
    }
    switch answer {
    case .done:
      if step == .ipk { lookedAt = nil }  // its CMID may be a new one: it is read before `ato`
      advance(past: step)
    case .doubtful:
      go(to: .unknown(step))
      doubt(at: now)
    case .counted:
      phase = .ready(.ato)
      if obeyWish() { return }
      if let deadline, deadline <= now {
        giveUpForward()
      } else {
        go(to: .waiting)
        tries = 0
        due = now + .hours(2)  // by then it has asked by itself
      }
    case .again, .never:
      if step == .atoMAK { spent -= 1 }
      if step == .ipk { touched = touchedBeforeKey }
      if step.isForward {
        phase = .ready(step)
        if obeyWish() { return }
      }
      if answer == .again, Int(tries) < retries(of: step, policy) {
        tries += 1
        go(to: .retrying(step))
        due = now + policy.pause(before: tries)
      } else if step.isForward {
        giveUpForward()
      } else if step == .rkms {
        rest(ending.phase)  // a refused restore is a note, not a failure
      } else {
        rest(.stranded)
      }
    }
  }
}

extension HostRun {
  private func retries(of step: Step, _ policy: Policy) -> Int {
    step == .ato && touched == .key ? policy.askRetries : policy.retries
  }
}

extension Policy {
  /// The pause before a retry, counted from 1; it doubles each time.
  func pause(before retry: UInt8) -> Milliseconds {
    Self.doubled(retryPause, retry)
  }

  /// The pause after a look that was missed for the `missed`-th time in a row.
  ///
  /// Steps end with their retries; looks go on for the settle limit, so that theirs is never none.
  func lookPause(after missed: UInt8) -> Milliseconds {
    max(pause(before: missed), Self.doubled(Milliseconds(rawValue: 100), missed))
  }

  private static func doubled(_ pause: Milliseconds, _ times: UInt8) -> Milliseconds {
    Milliseconds(rawValue: pause.rawValue << Int64(min(max(times, 1), 8) - 1))
  }
}
