package import Planning
package import VolumeActivation

extension HostRun {
  /// What a look showed that concerns more than the host.
  package enum Finding: Hashable, Sendable {
    /// The published key changed the host's edition.
    case editionChanged
    /// An ESU add-on lost its licence with the base's change.
    case addOnLost
  }

  /// Whether no operation of ours can still be running on the host.
  package func isQuiet(_ look: Look, at now: Timestamp, policy: Policy) -> Bool {
    guard let doubtSince else { return true }
    if look.bootedAt > doubtSince { return true }
    guard let answersSince else { return false }
    return now >= quietFrom(doubtSince, answersSince, policy)
  }

  /// When the quiet time ends: it answers at its beginning and at its end.
  private func quietFrom(_ doubt: Timestamp, _ answers: Timestamp, _ policy: Policy) -> Timestamp {
    let watched = Milliseconds(
      rawValue: max(0, policy.quietTime.rawValue - policy.operationTimeout.rawValue))
    return max(doubt + policy.quietTime, answers + watched)
  }

  /// A look came in.
  ///
  /// - `era`: The run's era of looks; what was seen in an earlier one is stale.
  package mutating func see(
    _ look: Look, at now: Timestamp, era: UInt32, keyCondemned: Bool = false, policy: Policy
  ) -> Finding? {
    answersAgain()
    let quiet = isQuiet(look, at: now, policy: policy)
    if quiet {
      doubtSince = nil
      answersSince = nil
    } else if answersSince == nil {
      answersSince = now
    }
    silentSince = nil
    if look.machine != 0 { machine = look.machine }
    shortenDeadline(look, at: now)
    lookedAt = now
    lookEra = era
    if isInDoubt { tries = 0 }  // looks that were missed are no retries of the step
    let finding = observe(look, quiet: quiet, keyCondemned: keyCondemned)
    if isInDoubt, let doubtSince, let answersSince {
      due = quietFrom(doubtSince, answersSince, policy)
    }
    return finding
  }

  /// Whether a look decides where it goes.
  private var isInDoubt: Bool {
    switch phase {
    case .unknown, .check: true
    case .planned, .ready, .underWay, .retrying, .waiting, .licensed, .restored, .failed, .skipped,
      .drifted, .stranded, .unsettled:
      false
    }
  }

  /// A host that works on only for so long without a licence is rescued before that is over.
  private mutating func shortenDeadline(_ look: Look, at now: Timestamp) {
    guard let deadline, touched == .key, look.key == .target, look.graceMinutes > 0 else { return }
    let margin = min(Self.graceMargin, Int64(look.graceMinutes) / 2)
    self.deadline = min(deadline, now + .minutes(Int64(look.graceMinutes) - margin))
  }

  /// How many minutes of its grace a host keeps for its way back; half of what is left at most.
  private static let graceMargin: Int64 = 24 * 60

  /// A look got no answer.
  package mutating func missLook(at now: Timestamp, policy: Policy) {
    if silentSince == nil { silentSince = now }
    if tries < .max { tries += 1 }
    due = now + policy.lookPause(after: tries)
  }

  /// What the model makes of a look.
  package mutating func observe(
    _ look: Look, quiet: Bool, keyCondemned: Bool = false
  ) -> Finding? {
    if look.key == .other || (!look.sameMachine && look.key == .original) {
      if !phase.isResting { rest(.drifted) }
      return nil
    }
    if !look.sameMachine, touched == .key {
      rest(.stranded)
      return .editionChanged
    }
    switch phase {
    case .planned:
      if !isAsPlanned(look) {
        rest(.drifted)
      } else if !look.obstacles.isEmpty {
        rest(.failed)
      } else {
        phase = .ready(firstStep)
        tries = 0
        due = nil
      }
    case .ready(let step) where step.isForward && touched < .key:
      if !isAsPlanned(look) {
        rest(.drifted)
      } else if !look.obstacles.isEmpty {
        undo(.failed)
      } else {
        tries = 0
      }
    case .ready(let step) where step.isForward:
      if look.key != .target {
        rest(.drifted)
      } else if look.licensed, step == .ato {
        if !marks.contains(.renewing) { rest(.licensed) }
      } else {
        marks.remove(.renewing)
      }
    case .ready:
      goBack(reason)  // the way back is chosen anew
      chooseWayBack(look, quiet: quiet, keyCondemned: keyCondemned)
    case .unknown(let step): settle(step, by: look, quiet: quiet)
    case .check: chooseWayBack(look, quiet: quiet, keyCondemned: keyCondemned)
    case .underWay, .retrying, .waiting, .licensed, .restored, .failed, .skipped, .drifted,
      .stranded, .unsettled:
      break
    }
    return nil
  }

  /// Whether an unchanged host is as the plan has it.
  private func isAsPlanned(_ look: Look) -> Bool {
    if way.contains(.askOnly) { return look.key == .target }
    return look.key == .original && look.licensed == way.contains(.licensed)
  }

  /// Whether a host that carries its old key has what it had.
  private func isAsBefore(_ look: Look) -> Bool {
    look.key == .original && (look.licensed || !way.contains(.licensed))
  }

  /// Whether a look shows that the step was executed.
  private func shows(_ look: Look, done step: Step) -> Bool {
    switch step {
    case .skms: look.pointsAtKMSHost
    case .ipk: look.key == .target
    case .ato: look.key == .target && look.licensed
    case .ipkMAK: look.key == .original
    case .cid, .atoMAK: look.key == .original && look.licensed
    case .rkms: look.settingsAsBefore
    }
  }

  /// Whether a look shows what the step found, so that it may be sent again.
  private func shows(_ look: Look, before step: Step) -> Bool {
    switch step {
    case .skms: isAsBefore(look) || look.key == .target
    case .ipk: isAsBefore(look)
    case .ato, .ipkMAK: look.key == .target
    case .cid, .atoMAK: look.key == .original
    case .rkms: true
    }
  }

  /// Settles a step of which it was not known whether it was executed.
  private mutating func settle(_ step: Step, by look: Look, quiet: Bool) {
    if shows(look, done: step) {
      advance(past: step)
    } else if !shows(look, before: step) {
      rest(.drifted)
    } else if step == .ato {  // asking a KMS host again costs nothing
      phase = .ready(.ato)
      if !obeyWish() { go(to: .ready(.ato)) }
    } else if !quiet {
      return
    } else if step == .ipkMAK, look.licensed, reason == .rescue {
      rest(.licensed)  // it healed while the answer was lost: a rescue ends there
    } else if step == .atoMAK {  // never repeated on a guess
      rest(.stranded)
    } else {
      if step == .ipk { touched = touchedBeforeKey }
      phase = .ready(step)
      if !obeyWish() { go(to: .ready(step)) }
    }
  }

  private mutating func chooseWayBack(_ look: Look, quiet: Bool, keyCondemned: Bool) {
    guard quiet else { return }
    let activation = mayActivate && !keyCondemned
    switch look.key {
    case .target:
      marks.remove(.returning)
      if look.licensed, reason == .rescue {
        rest(.licensed)
      } else if way.contains(.confirmation) || activation {
        tries = 0
        go(to: .ready(.ipkMAK))
      } else {
        rest(look.licensed ? .licensed : .stranded)
      }
    case .original:
      tries = 0
      if isAsBefore(look) {
        restoreSettings()
      } else if way.contains(.confirmation), look.confirmationFits {
        go(to: .ready(.cid))
      } else if activation {
        go(to: .ready(.atoMAK))
      } else {
        rest(.stranded)
      }
    case .other:
      rest(.drifted)
    }
  }

  /// The closing look of its wave: what does not match the phase is taken up again.
  mutating func close(_ look: Look) -> Finding? {
    due = nil
    tries = 0
    switch phase {
    case .licensed where look.key == .target:
      if !look.licensed { go(to: .unknown(.ato)) }
      if !look.addOnsAsBefore { return .addOnLost }
    case .stranded where look.key == .target && look.licensed:
      rest(.licensed)  // it went on asking by itself
    case .restored where look.key == .original, .failed where look.key == .original,
      .skipped where look.key == .original:
      if !isAsBefore(look) { go(to: .check) }
    case .licensed, .restored, .failed, .skipped:
      rest(.drifted)
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .drifted, .stranded,
      .unsettled:
      break
    }
    return nil
  }
}
