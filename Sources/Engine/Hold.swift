package import Planning
package import VolumeActivation

/// Something that keeps a run from beginning further hosts; it explains itself.
///
/// A hold drains: hosts already changed go on, are watched and are rescued.
package struct Hold: Hashable, Sendable {
  package var id: HoldID
  package var scope: Scope
  package var reason: Reason

  package init(id: HoldID, scope: Scope, reason: Reason) {
    self.id = id
    self.scope = scope
    self.reason = reason
  }

  /// What the hold keeps from beginning.
  package enum Scope: Hashable, Sendable {
    case run
    case wave(WaveID)
    case kmsHost(KMSHostID)
    case host(HostID)
  }

  /// Why it was raised: the unmet condition with its figures.
  package enum Reason: Hashable, Sendable {
    case operatorAsked
    /// The guard refuses; the figures are those it refused with.
    indirect case guardRefused(GuardFigures)
    case failureBudget(failed: Int, allowed: Int)
    case lockoutBreaker(failures: Int)
    /// A code that condemns more than one host.
    case activationError(HRESULT)
    case kmsHostFault(KMSHostFaults)
    case kmsHostSilent
    case countUnknown
    /// The count is lower than the distinct hosts known to be counted.
    case countDoesNotRise(count: Int, expected: Int)
    /// A waiting host asks another KMS host although the count here suffices.
    case asksAnotherHost(HostID)
    case editionChanged(HostID)
    /// An ESU add-on beside Windows is no longer licensed since the base was migrated.
    case addOnLost(HostID)
    case exposureLimit(peak: Int, limit: Int)
    case activationsShort(MAKID, needed: Int, left: Int)
    /// The pool is empty below the threshold.
    indirect case stalled(GuardFigures)
    case clockJumped(Milliseconds)
    case journalUnwritable
    /// The process was asked to end, or only to take hosts back; released when it ends.
    case interrupted
  }
}
