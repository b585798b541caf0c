extension HostRun {
  /// What became of a person's wish for one host.
  package enum Obedience: UInt8, Hashable, Sendable {
    case obeyed
    /// It is kept until the step under way settles.
    case noted
    /// It is so, or on its way, without that: nothing is changed.
    case already
    /// It does not fit where the host stands.
    case refused
  }

  /// A person says to leave the host as it is; a changed one can only go forward or back.
  package mutating func skip() -> Obedience {
    guard touched < .key else { return .refused }
    switch phase {
    case .planned:
      undo(.skipped)
      return .obeyed
    case .ready(let step), .retrying(let step):
      guard step.isForward else { return .refused }
      undo(.skipped)
      return .obeyed
    case .waiting:
      undo(.skipped)
      return .obeyed
    case .underWay(let step), .unknown(let step):
      guard step.isForward else { return .refused }
      wish = .skip
      return .noted
    case .check, .licensed, .restored, .failed, .skipped, .drifted, .stranded, .unsettled:
      return .refused
    }
  }

  /// A person says to take the host back to its MAK.
  ///
  /// A licensed host keeps the wish until the engine turns it, since that takes a slot.
  package mutating func rollBack() -> Obedience {
    switch phase {
    case .planned:
      undo(.skipped)
      return .obeyed
    case .ready(let step), .retrying(let step):
      guard step.isForward else { return .already }
      turn(.ordered)
      return .obeyed
    case .waiting:
      turn(.ordered)
      return .obeyed
    case .underWay(let step), .unknown(let step):
      guard step.isForward else { return .already }
      wish = .back
      return .noted
    case .licensed:
      guard touched == .key else { return .refused }
      wish = .back
      return .noted
    case .check, .restored, .failed, .skipped: return .already
    case .drifted, .stranded, .unsettled: return .refused
    }
  }

  /// A person says to try a stranded host again, with this many more activations granted.
  package mutating func retry(granting grant: UInt8) -> Obedience {
    guard phase == .stranded else { return .refused }
    granted = granted.addingReportingOverflow(grant).overflow ? .max : granted + grant
    if grant > 0 { marks.insert(.reserved) }
    goBack(.rescue)
    return .obeyed
  }

}
