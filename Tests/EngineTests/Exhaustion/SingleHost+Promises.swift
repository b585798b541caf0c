import Engine

extension SingleHost {
  /// The promise that this state breaks; nil when all is well.
  var broken: String? {
    if machine.burnt > run.spent { return "more activations are burnt than counted" }
    if run.spent > run.granted { return "more activations are sent than granted" }
    return brokenRest ?? brokenCall ?? brokenPointing
  }

  private var isAlone: Bool { hand == .mayCome || hand == .away }

  private var brokenRest: String? {
    guard isAlone else { return nil }
    switch run.phase {
    case .licensed:
      if machine.key != .target || !machine.licensed { return "says licensed, is not" }
    case .restored, .failed, .skipped:
      if machine.key != .original || !machine.licensed { return "says \(run.phase), is not" }
    case .drifted: return "drifted although nobody laid hand on it"
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .stranded, .unsettled:
      return nil
    }
    return machine.late.contains(where: \.isRisky) ? "rests while a step still runs" : nil
  }

  /// What must not be sent.
  private var brokenCall: String? {
    guard driver == .calling, case .underWay(let step) = run.phase else { return nil }
    if isAlone, machine.late.contains(where: \.isRisky) {
      return "a step is sent while another may still run"
    }
    if hand == .hidden, machine.key == .other, [.skms, .ipk, .ipkMAK].contains(step) {
      return "overwrites a key that was installed during the hold or before the restart"
    }
    return nil
  }

  private var brokenPointing: String? {
    guard isAlone, machine.key == .target, !machine.licensed, !machine.points else { return nil }
    return "exposed and pointing nowhere"
  }
}
