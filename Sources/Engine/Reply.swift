package import Planning

/// What became of a command.
package enum Reply: Hashable, Sendable {
  case obeyed
  /// Kept until steps under way settle or limits allow: for this many hosts.
  case noted(Int)
  /// Nothing was changed, for this reason.
  case refused(Refusal)

  package enum Refusal: Hashable, Sendable {
    /// No such hold is open.
    case noSuchHold
    /// No such wave or host is in the plan.
    case notInPlan
    /// A host has been changed: it can only go forward or back.
    case changed(HostID)
    /// None of these hosts is where the command applies.
    case doesNotApply
    /// The MAK has too few activations left for the hosts that would need one; exit code 15.
    case activationsShort(MAKID, left: Int, hosts: [HostID])
    /// Thirty days later the count would fall below the threshold of those who stay.
    case countWouldFall(KMSHostID, count: Int, leaving: Int, threshold: Int, hosts: [HostID])
  }
}
