package import Engine
import Planning
package import VolumeActivation

/// A hold as journals keep it: a scope, a reason's word, and the figures that belong to it; the names
/// of its properties are the names on disk.
package struct StoredHold: Hashable, Codable, Sendable {
  /// `run`, `wave`, `kms-host` or `host`.
  package var scope: String
  /// The number of the wave, KMS host or host of the scope.
  package var of: UInt32?
  package var reason: String
  package var figures: StoredFigures?
  package var host: UInt32?
  package var mak: UInt16?
  package var code: HRESULT?
  /// What was found: failures, a count, a peak, faults, milliseconds.
  package var found: Int64?
  /// What it is measured against.
  package var against: Int64?

  /// Writes a hold down, but for its number.
  package init(_ hold: Hold) {
    self.init(scope: hold.scope, reason: hold.reason)
  }

  init(scope: Hold.Scope, reason: Hold.Reason) {
    switch scope {
    case .run: self.scope = "run"
    case .wave(let wave): (self.scope, of) = ("wave", UInt32(wave.rawValue))
    case .kmsHost(let kmsHost): (self.scope, of) = ("kms-host", UInt32(kmsHost.rawValue))
    case .host(let host): (self.scope, of) = ("host", host.rawValue)
    }
    self.reason = reason.word
    switch reason {
    case .operatorAsked, .kmsHostSilent, .countUnknown, .journalUnwritable, .interrupted: break
    case .guardRefused(let refused): figures = StoredFigures(refused)
    case .stalled(let stalled): figures = StoredFigures(stalled)
    case .failureBudget(let failed, let allowed): (found, against) = (Int64(failed), Int64(allowed))
    case .lockoutBreaker(let failures): found = Int64(failures)
    case .activationError(let result): code = result
    case .kmsHostFault(let faults): found = Int64(faults.rawValue)
    case .countDoesNotRise(let count, let expected):
      (found, against) = (Int64(count), Int64(expected))
    case .asksAnotherHost(let host): self.host = host.rawValue
    case .editionChanged(let host): self.host = host.rawValue
    case .addOnLost(let host): self.host = host.rawValue
    case .exposureLimit(let peak, let limit): (found, against) = (Int64(peak), Int64(limit))
    case .activationsShort(let mak, let needed, let left):
      (self.mak, found, against) = (mak.rawValue, Int64(left), Int64(needed))
    case .clockJumped(let span): found = span.rawValue
    }
  }

  /// The hold; throws when a word is not known or lacks its figures.
  package func hold(id: HoldID) throws(StoredWordError) -> Hold {
    Hold(id: id, scope: try storedScope(), reason: try storedReason())
  }

  func storedScope() throws(StoredWordError) -> Hold.Scope {
    switch (scope, of) {
    case ("run", _): return .run
    case ("wave", let number?): return .wave(WaveID(rawValue: UInt16(clamping: number)))
    case ("kms-host", let number?): return .kmsHost(KMSHostID(rawValue: UInt16(clamping: number)))
    case ("host", let number?): return .host(HostID(rawValue: number))
    case (let other, _): throw StoredWordError(word: other)
    }
  }

  func storedReason() throws(StoredWordError) -> Hold.Reason {
    let subject = host.map(HostID.init(rawValue:))
    let found = found.map { Int($0) }
    let against = against.map { Int($0) }
    switch reason {
    case "operator-asked": return .operatorAsked
    case "kms-host-silent": return .kmsHostSilent
    case "count-unknown": return .countUnknown
    case "journal-unwritable": return .journalUnwritable
    case "interrupted": return .interrupted
    case "guard-refused": if let figures { return .guardRefused(figures.figures) }
    case "stalled": if let figures { return .stalled(figures.figures) }
    case "failure-budget":
      if let found, let against { return .failureBudget(failed: found, allowed: against) }
    case "lockout-breaker": if let found { return .lockoutBreaker(failures: found) }
    case "activation-error": if let code { return .activationError(code) }
    case "kms-host-fault":
      if let found { return .kmsHostFault(KMSHostFaults(rawValue: UInt8(clamping: found))) }
    case "count-does-not-rise":
      if let found, let against { return .countDoesNotRise(count: found, expected: against) }
    case "asks-another-host": if let subject { return .asksAnotherHost(subject) }
    case "edition-changed": if let subject { return .editionChanged(subject) }
    case "add-on-lost": if let subject { return .addOnLost(subject) }
    case "exposure-limit":
      if let found, let against { return .exposureLimit(peak: found, limit: against) }
    case "activations-short":
      if let mak, let found, let against {
        return .activationsShort(MAKID(rawValue: mak), needed: against, left: found)
      }
    case "clock-jumped":
      if let found { return .clockJumped(Milliseconds(rawValue: Int64(found))) }
    case let other: throw StoredWordError(word: other)
    }
    throw StoredWordError(word: reason)
  }
}

extension Hold.Reason {
  /// Its word on disk, in `--json` and in log lines.
  package var word: String {
    switch self {
    case .operatorAsked: "operator-asked"
    case .guardRefused: "guard-refused"
    case .failureBudget: "failure-budget"
    case .lockoutBreaker: "lockout-breaker"
    case .activationError: "activation-error"
    case .kmsHostFault: "kms-host-fault"
    case .kmsHostSilent: "kms-host-silent"
    case .countUnknown: "count-unknown"
    case .countDoesNotRise: "count-does-not-rise"
    case .asksAnotherHost: "asks-another-host"
    case .editionChanged: "edition-changed"
    case .addOnLost: "add-on-lost"
    case .exposureLimit: "exposure-limit"
    case .activationsShort: "activations-short"
    case .stalled: "stalled"
    case .clockJumped: "clock-jumped"
    case .journalUnwritable: "journal-unwritable"
    case .interrupted: "interrupted"
    }
  }
}
