package import Engine
package import Planning
package import VolumeActivation

/// What came of one simulated run.
package struct SimulationReport: Hashable, Sendable {
  package var seed: UInt64
  package var faults: String
  package var ending: Ending
  /// From the start of the run to its end, in the fleet's time.
  package var duration: Milliseconds
  package var hosts: Int
  package var licensed = 0
  package var restored = 0
  /// Given up unchanged.
  package var failed = 0
  package var skipped = 0
  package var drifted = 0
  package var stranded = 0
  package var unsettled = 0
  /// Not at rest when the run ended.
  package var unfinished = 0
  /// The greatest number of hosts that were without a licence at a time, as it truly was.
  package var peakExposed: Int
  /// Hosts that are without the licence they had when the run ended, as it truly is.
  package var exposedAtEnd: Int
  /// Activations taken from each MAK, in the order of the plan's.
  package var activationsSpent: [Int]
  /// The greatest number of activations that one host took.
  package var mostActivationsOfAHost: Int
  /// Why the run was held, in the order in which it was, each reason once.
  package var holds: [Hold.Reason]
  /// How often it was killed and taken up again.
  package var crashes: Int
  package var looks: Int
  package var readings: Int
  package var steps: Int
  package var events: Int
  /// What must never happen and did; empty in a correct run.
  package var violations: [Violation]

  package enum Ending: Hashable, Sendable {
    case finished
    /// Nothing moves before a person or a condition changes.
    case held
    /// It did not end within the time given.
    case outOfTime
  }
}

/// A broken promise, and when it was broken.
package struct Violation: Hashable, Sendable {
  package var at: Timestamp
  package var what: Kind

  package enum Kind: Hashable, Sendable {
    /// More hosts are without their licence than the policy allows.
    case exposedBeyondLimit(Int, limit: Int)
    /// A host that the plan does not name was written to.
    case strangerWritten
    /// A host without licence does not point at its KMS host.
    case exposedPointsElsewhere(HostID)
    /// More activations of a host were burnt than the run counts.
    case burntBeyondCounted(HostID, burnt: Int, counted: Int)
    /// The run counts more activations of a host than it was granted.
    case countedBeyondGranted(HostID)
    /// More of a MAK was burnt than the plan has.
    case burntBeyondBudget(MAKID, burnt: Int, budget: Int)
    /// A key was changed without a way back held for it.
    case changedWithoutWayBack(HostID)
    /// A rescue threw a KMS licence away that the last look had shown.
    case rescueDroppedLicence(HostID)
    /// A write followed a look that showed somebody else's key.
    case foreignChangeOverwritten(HostID)
    /// A resting phase is untrue of the host.
    case untrueRest(HostID, Phase)
    /// An operation was still running on a host that came to rest.
    case runningAtRest(HostID, Phase)
    /// What was durable before a crash is not what was replayed.
    case replayDiffers
    /// Decisions went on and on at one instant.
    case livelock
    /// It came to a stop with hosts on their way and no hold that says why.
    case stuck(HostID, Phase)
  }
}
