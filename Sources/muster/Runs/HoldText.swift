import Engine
import Planning
import VolumeActivation

/// A hold explained: the unmet condition, its value now, and what would satisfy it.
struct HoldText {
  var plan: Plan

  /// One line for a person: `hold 3, wave 2: …`.
  func line(_ hold: Hold) -> String {
    "hold \(hold.id.rawValue), \(scope(hold.scope)): \(condition(hold.reason)). "
      + remedy(hold)
  }

  /// What would satisfy it; where machines are missing, which ones there are.
  private func remedy(_ hold: Hold) -> String {
    guard case .kmsHost(let kmsHost) = hold.scope else { return remedy(hold.reason) }
    switch hold.reason {
    case .guardRefused(let figures), .stalled(let figures):
      return remedy(hold.reason) + " " + Reserves(of: kmsHost, in: plan).advice(for: figures.needed)
    case .operatorAsked, .failureBudget, .lockoutBreaker, .activationError, .kmsHostFault,
      .kmsHostSilent, .countUnknown, .countDoesNotRise, .asksAnotherHost, .editionChanged,
      .addOnLost, .exposureLimit, .activationsShort, .clockJumped, .journalUnwritable,
      .interrupted:
      return remedy(hold.reason)
    }
  }

  func scope(_ scope: Hold.Scope) -> String {
    switch scope {
    case .run: "the whole run"
    case .wave(let wave): "wave \(number(of: wave))"
    case .kmsHost(let id): name(of: id)
    case .host(let id): name(of: id)
    }
  }

  /// The unmet condition with its value now.
  func condition(_ reason: Hold.Reason) -> String {
    switch reason {
    case .operatorAsked:
      "a person asked for it"
    case .guardRefused(let figures):
      "the guard refuses: \(arithmetic(figures))"
    case .failureBudget(let failed, let allowed):
      "\(counted(failed, "host")) failed, the budget allows \(allowed)"
    case .lockoutBreaker(let failures):
      "\(failures) authentication failures in a row"
    case .activationError(let code):
      "\(code) condemns more than the host that met it"
    case .kmsHostFault(let faults):
      "the KMS host cannot serve: \(words(faults))"
    case .kmsHostSilent:
      "the KMS host does not answer when its count is read"
    case .countUnknown:
      "the count is unknown, and an unknown count refuses"
    case .countDoesNotRise(let count, let expected):
      "the count is \(count), but \(expected) distinct machines are known to have been counted"
    case .asksAnotherHost(let host):
      "\(name(of: host)) is still refused although the count suffices: another KMS host answers it"
    case .editionChanged(let host):
      "\(name(of: host)) has another edition since its key was changed"
    case .addOnLost(let host):
      "an ESU add-on of \(name(of: host)) is no longer licensed since Windows was migrated"
    case .exposureLimit(let peak, let limit):
      "\(counted(peak, "host")) would be exposed, the limit is \(limit)"
    case .activationsShort(let mak, let needed, let left):
      "MAK …\(plan.header.maks[Int(mak.rawValue)].endsWith) has \(left) activations left, "
        + "\(needed) must be held for the way back"
    case .stalled(let figures):
      "nobody is left who could be counted: \(arithmetic(figures))"
    case .clockJumped(let span):
      "the wall clock jumped \(span < .zero ? "back" : "forward") by \(duration(span))"
    case .journalUnwritable:
      "the journal cannot be written"
    case .interrupted:
      "the run was asked to end, or only to take hosts back"
    }
  }

  /// `9 of 25 counted; 16 more needed, 16 ready, none of them may fail; the chance is 85.01 %, and
  /// 99 % is needed`.
  func arithmetic(_ figures: GuardFigures) -> String {
    var text =
      "\(figures.count) of \(figures.threshold) counted; \(figures.needed) more needed, "
      + "\(figures.ready) ready"
    switch figures.mayFail {
    case nil: text += ", \(figures.needed - figures.ready) too few"
    case 0: text += ", none of them may fail"
    case let some?: text += ", \(some) of them may fail"
    }
    if figures.failed > 0 { text += "; \(figures.failed) finally not counted" }
    if figures.exposed > 0 { text += "; \(figures.exposed) exposed" }
    // In the middle of a wave it is enough that going on is better than stopping.
    let isMidway = figures.required < plan.header.policy.confidence
    return text
      + "; the chance is \(percentage(figures.probability)), and "
      + "\(isMidway ? "more than " : "")\(percentage(figures.required)) is needed"
  }

  /// What would satisfy it, and when it is looked at again.
  func remedy(_ reason: Hold.Reason) -> String {
    switch reason {
    case .operatorAsked:
      "`muster resume` releases it."
    case .guardRefused, .stalled:
      "Make more machines reachable, or let existing KMS clients ask; the count is read again by "
        + "itself."
    case .failureBudget:
      "Look at the failed hosts (`muster status --hosts failed`), then `muster resume`, which "
        + "counts from here, or `muster tune --failure-budget`."
    case .lockoutBreaker:
      "Check the account before anything else is sent, then `muster resume`."
    case .activationError(let code):
      "See what \(code) means, mend its cause, then `muster resume`."
    case .kmsHostFault:
      "Mend the KMS host or the configuration; it is read again by itself, then `muster resume`."
    case .kmsHostSilent, .countUnknown:
      "Check `slmgr /dlv` on the KMS host; it is read again by itself."
    case .countDoesNotRise:
      "Look for shared CMIDs, a second machine behind the name, or the wrong KMS host; then "
        + "`muster resume`."
    case .asksAnotherHost:
      "Check `nslookup -type=srv _vlmcs._tcp` and the product's own KMS name there; then "
        + "`muster resume`."
    case .editionChanged:
      "Compare the key with the edition before going on; `muster rollback --host` takes it back."
    case .addOnLost:
      "Activate the add-on's own key there (`slmgr /ato` with its activation ID), then "
        + "`muster resume`."
    case .exposureLimit:
      "`muster tune --max-exposed`, or wait until fewer are exposed."
    case .activationsShort:
      "Ask Microsoft for more activations of the MAK, or split the wave in a new plan."
    case .clockJumped:
      "Check the time of this machine, then `muster resume`."
    case .journalUnwritable:
      "Make room on its disk; it is tried again every 30 seconds."
    case .interrupted:
      "`muster apply` goes on."
    }
  }

  private func words(_ faults: KMSHostFaults) -> String {
    var words: [String] = []
    if faults.contains(.notKMSHost) { words.append("it is no KMS host") }
    if faults.contains(.notLicensed) { words.append("its host key is not licensed") }
    if faults.contains(.doesNotCover) { words.append("its host key does not cover a product") }
    if faults.contains(.otherName) { words.append("another machine answers to the name") }
    return words.joined(separator: ", ")
  }

  private func number(of wave: WaveID) -> Int { plan.waves[Int(wave.rawValue)].number }

  private func name(of host: HostID) -> String { plan.hosts[Int(host.rawValue)].name.rawValue }

  private func name(of host: KMSHostID) -> String {
    plan.header.kmsHosts[Int(host.rawValue)].address.description
  }
}
