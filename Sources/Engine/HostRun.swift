package import VolumeActivation

/// One host's machine: all that is durable of it, and what each thing that happens makes of it.
///
/// It is the model `one_host.py` as a value. It knows nothing of other hosts: gates, limits and
/// order are the engine's. The journal keeps one row of it.
package struct HostRun: Hashable, Sendable {
  package var phase = Phase.planned
  package var touched = Touched.nothing
  package var wish = Wish.none
  /// Why it goes back; holds while it does.
  package var reason = BackReason.rescue
  /// Where restoring the KMS settings leads.
  package var ending = Ending.restored
  /// Retries of the step, or looks that got no answer.
  package var tries: UInt8 = 0
  /// MAK activations that this host may use at most.
  package var granted: UInt8
  /// MAK activations sent and not proven unspent.
  package var spent: UInt8 = 0
  /// How often its KMS host refused it although the count there suffices.
  package var strays: UInt8 = 0
  package var marks = Marks()
  /// What the plan says of it.
  package var way: Way
  /// The number of its last attempt, counted over the whole run; 0 before the first.
  package var attempt: UInt32 = 0
  /// The era of its last look; a look of an earlier era than the run's is stale.
  package var lookEra: UInt32 = 0
  /// The number of its KMS host's reading when its key was changed.
  package var reading: UInt32 = 0
  /// How many readings its KMS host had given when it last got 0xC004F038.
  package var asked: UInt32 = 0
  /// A hash of its CMID as last seen; 0 when it has none yet.
  package var machine: UInt32 = 0
  /// When it was last seen; nil is before the run, or not since that look went stale.
  @Packed package var lookedAt: Timestamp? = nil
  /// When it is next taken up; what that means follows from the phase.
  @Packed package var due: Timestamp? = nil
  /// When waiting ends; set once, with the intent of `ipk`.
  @Packed package var deadline: Timestamp? = nil
  /// When the last operation that may still run was given up; nil when there is none.
  @Packed package var doubtSince: Timestamp? = nil
  /// When it first answered a look after that.
  @Packed package var answersSince: Timestamp? = nil
  /// Since when it has not answered looks; nil when it answered the last one.
  @Packed package var silentSince: Timestamp? = nil

  package init(way: Way) {
    self.way = way
    granted = way.contains(.online) ? 1 : 0
  }
}

extension HostRun {
  /// What a plan says of one host's way, as far as its machine needs it.
  package struct Way: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// `ipk` before `skms`.
    package static let documentedOrder = Way(rawValue: 1 << 0)
    /// A KMS client that is asked again: `ato` alone.
    package static let askOnly = Way(rawValue: 1 << 1)
    /// It was licensed when it was planned.
    package static let licensed = Way(rawValue: 1 << 2)
    /// One activation of its MAK leads back.
    package static let online = Way(rawValue: 1 << 3)
    /// A stored confirmation ID may lead back.
    package static let confirmation = Way(rawValue: 1 << 4)
  }

  /// Small facts about a host that outlive a phase.
  package struct Marks: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8

    package init(rawValue: UInt8 = 0) {
      self.rawValue = rawValue
    }

    /// Activations it may still use are held for it in its MAK's purse.
    package static let reserved = Marks(rawValue: 1 << 0)
    /// Its request is known to have been counted in this run.
    package static let counted = Marks(rawValue: 1 << 1)
    /// The closing look of its wave is still to come.
    package static let closing = Marks(rawValue: 1 << 2)
    /// Another host of this run carries the same CMID.
    package static let twin = Marks(rawValue: 1 << 3)
    /// It is licensed, and asks once more since its KMS host has forgotten everybody.
    package static let renewing = Marks(rawValue: 1 << 4)
    /// It was finally not counted, and this was reckoned with.
    package static let lost = Marks(rawValue: 1 << 5)
    /// Its MAK was sent, and is not known to be activated yet.
    package static let returning = Marks(rawValue: 1 << 6)
    /// Its KMS host started anew while its request was under way: an answer counts nobody.
    package static let overtaken = Marks(rawValue: 1 << 7)
  }
}
