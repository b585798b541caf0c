package import VolumeActivation

/// What is durable of a run beside its hosts: small, and restorable as it stands.
///
/// Whatever can be summed from the hosts is not in it.
package struct RunState: Hashable, Sendable {
  /// Counts up with each process that took the run up.
  package var epoch: UInt32 = 0
  /// The number of the last attempt.
  package var attempts: UInt32 = 0
  /// Looks of an earlier era are stale: a start, a hold, its end and a clock that jumped begin one.
  package var lookEra: UInt32 = 1
  package var holds: [Hold] = []
  /// The number of the last hold.
  package var holdsRaised: UInt32 = 0
  package var waves: [WaveState]
  package var kmsHosts: [KMSKnowledge]
  package var purses: [Purse]
  package var paths: [PathState]
  package var tuning = Tuning()
  /// Authentication failures in a row, fleet-wide.
  package var authenticationFailures = 0
  /// Whether the account was accepted since this process took the run up.
  package var accountProved = false
  /// How many changes may be under way while the run starts slowly.
  package var pace = RunState.firstPace
  package var window: WindowState?
  /// Holds that something folded in calls for; each is raised by a decision.
  package var calledFor: [CalledHold] = []
  package var finished = false
  /// The latest instant of an event; event times never run backwards.
  package var now = Timestamp(rawValue: 0)

  static let firstPace = 4

  /// A run that has not begun, with these parts.
  package init(
    waves: [WaveState], kmsHosts: [KMSKnowledge], purses: [Purse], paths: [PathState]
  ) {
    self.waves = waves
    self.kmsHosts = kmsHosts
    self.purses = purses
    self.paths = paths
  }
}

/// A hold that is to be raised.
package struct CalledHold: Hashable, Sendable {
  package var scope: Hold.Scope
  package var reason: Hold.Reason

  package init(scope: Hold.Scope, reason: Hold.Reason) {
    self.scope = scope
    self.reason = reason
  }
}

/// Whether the maintenance window is open, and until when that holds.
package struct WindowState: Hashable, Sendable {
  package var open: Bool
  package var until: Timestamp

  package init(open: Bool, until: Timestamp) {
    self.open = open
    self.until = until
  }
}

/// Where a wave stands.
package struct WaveState: Hashable, Sendable {
  package var stage = Stage.pending
  package var approved = false
  package var openedAt: Timestamp?
  /// When its last host came to rest; the soak counts from here.
  package var settledAt: Timestamp?
  /// Failures that a person has seen and released; the budget counts from here.
  package var forgiven = 0

  package enum Stage: Hashable, Sendable {
    case pending
    case open
    /// The soak is over; closing looks are under way.
    case soaked
    case closed
  }

  package init() {}
}

/// What is known of one MAK's activations.
package struct Purse: Hashable, Sendable {
  /// Left when the plan was made, spent ones of this run not taken off.
  package var left: Int
  /// A MAK activation or a confirmation ID of it was seen to work in this run.
  package var proved = false
  /// The code that condemned the key for everybody; nil while it is good.
  package var condemned: HRESULT?

  package init(left: Int) {
    self.left = left
  }
}

/// What is known of one way to a KMS host: its site, the host and the product group.
package struct PathState: Hashable, Sendable {
  /// A request came through in this run.
  package var proved = false
  /// Hosts that failed on it before it was proved.
  package var failures = 0
  /// The KMS host said that it does not serve the product.
  package var refused = false

  package init() {}

  /// It failed twice, or was refused: its hosts leave the pool.
  package var isClosed: Bool { refused || !proved && failures >= 2 }
}
