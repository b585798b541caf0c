package import VolumeActivation

/// Why no plan is written, with the arithmetic and what would close the gap.
package struct PlanRefusal: Hashable, Sendable {
  /// One for each KMS host and threshold that cannot be reached.
  package var shortfalls: [Shortfall]
  /// One for each KMS host whose muster a limit forbids.
  package var limits: [LimitedMuster]

  package init(shortfalls: [Shortfall], limits: [LimitedMuster] = []) {
    self.shortfalls = shortfalls
    self.limits = limits
  }

  /// A threshold that is out of reach even if every host answers.
  package struct Shortfall: Hashable, Sendable {
    package var kmsHost: KMSAddress
    package var projection: Projection
    /// Why hosts cannot add to the count, a clause each, with how many.
    package var hindrances: [String]
    /// What would help those who stay, a sentence each without a full stop.
    package var advice: [String]
  }

  package struct LimitedMuster: Hashable, Sendable {
    package var kmsHost: KMSAddress
    package var limit: Limit
  }

  /// A limit below the peak of the order: hosts would be changed only to be rolled back.
  package enum Limit: Hashable, Sendable {
    case maxExposed(peak: Int, spares: Int, allowed: Int)
    case activations(PartialProductKey, peak: Int, spares: Int, left: Int)
  }
}

extension PlanRefusal.Shortfall: CustomStringConvertible {
  /// `22 of 25: 14 counted now, 8 that this plan can add; 3 more needed. 5 hosts share a CMID …`.
  package var description: String {
    let reached = projection.counted + projection.canAdd
    var text = "\(reached) of \(projection.threshold): \(projection.counted) counted now, "
    text += "\(projection.canAdd) that this plan can add; "
    text += "\(max(0, projection.threshold - reached)) more needed"
    if !hindrances.isEmpty { text += ". " + hindrances.joined(separator: ", ") }
    return text
  }
}

extension PlanRefusal.LimitedMuster: CustomStringConvertible {
  package var description: String {
    switch limit {
    case .maxExposed(let peak, let spares, let allowed):
      """
      \(kmsHost): to reach the threshold \(peak) hosts are exposed at a time, with \(spares) \
      spares \(peak + spares), and maxExposed is \(allowed). Raise maxExposed to \(peak + spares) \
      or more
      """
    case .activations(let mak, let peak, let spares, let left):
      """
      \(kmsHost): to reach the threshold \(peak) hosts of the MAK …\(mak) are exposed at a time, \
      with \(spares) spares \(peak + spares), and it has \(left) activations left. Have it raised
      """
    }
  }
}

extension PlanRefusal: CustomStringConvertible {
  /// What a person sees, a line for each finding.
  package var description: String {
    var lines: [String] = []
    for shortfall in shortfalls {
      lines.append("\(shortfall.kmsHost), \(shortfall.projection.kind)s: \(shortfall).")
      lines += shortfall.advice.map { "  \($0)." }
    }
    lines += limits.map { "\($0)." }
    return lines.joined(separator: "\n")
  }
}
