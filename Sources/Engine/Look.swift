package import VolumeActivation

/// What one look at a host showed, seen from its plan and checkpoint.
///
/// `Look.init(state:host:checkpoint:kmsHost:at:)` makes it from a `HostState`; the engine never sees
/// the whole state.
package struct Look: Hashable, Sendable {
  package var key: InstalledKey
  package var licensed: Bool
  /// Whether the KMS setting in force names the planned KMS host.
  package var pointsAtKMSHost: Bool
  /// Whether the KMS settings are those of the checkpoint.
  package var settingsAsBefore: Bool
  /// Whether edition and machine are those of the plan, or of the checkpoint once there is one.
  package var sameMachine: Bool
  /// Whether the installation ID is that of the stored confirmation ID.
  package var confirmationFits: Bool
  /// Whether every ESU add-on that was licensed before the change still is.
  package var addOnsAsBefore: Bool
  /// What stands in the way of asking the KMS host; empty when nothing does.
  package var obstacles: Obstacles
  /// How long it works on without a licence, in minutes; 0 when it is licensed or has no grace.
  package var graceMinutes: UInt16
  /// A hash of the CMID; 0 when the host has none yet.
  package var machine: UInt32
  /// Host's clock less ours, in minutes, clipped to ±32,000.
  package var skewMinutes: Int16
  /// When the machine started; proves that an older operation is over.
  package var bootedAt: Timestamp

  package init(
    key: InstalledKey, licensed: Bool, pointsAtKMSHost: Bool, settingsAsBefore: Bool,
    sameMachine: Bool = true, confirmationFits: Bool = false, addOnsAsBefore: Bool = true,
    obstacles: Obstacles = [], graceMinutes: UInt16 = 0, machine: UInt32 = 0,
    skewMinutes: Int16 = 0, bootedAt: Timestamp
  ) {
    self.key = key
    self.licensed = licensed
    self.pointsAtKMSHost = pointsAtKMSHost
    self.settingsAsBefore = settingsAsBefore
    self.sameMachine = sameMachine
    self.confirmationFits = confirmationFits
    self.addOnsAsBefore = addOnsAsBefore
    self.obstacles = obstacles
    self.graceMinutes = graceMinutes
    self.machine = machine
    self.skewMinutes = skewMinutes
    self.bootedAt = bootedAt
  }
}

/// Whose key a host carries.
package enum InstalledKey: UInt8, Hashable, Sendable {
  /// The key it was planned with.
  case original
  /// The published client setup key of the plan.
  case target
  /// Somebody else's.
  case other
}

/// Preconditions that a look found unmet.
package struct Obstacles: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// `VLActivationTypeEnabled` keeps the host from asking KMS.
  package static let activationType = Obstacles(rawValue: 1 << 0)
  /// A product-level KMS name overrides the one that Muster sets.
  package static let productKMSName = Obstacles(rawValue: 1 << 1)
  /// No KMS-client licence of the edition is installed.
  package static let noKMSClientLicense = Obstacles(rawValue: 1 << 2)
  /// Windows 7 without the BIOS marker.
  package static let noVolumeMarker = Obstacles(rawValue: 1 << 3)
  /// The host's clock and the KMS host's differ by 4 hours or more; the engine finds it, since it
  /// knows both.
  package static let clock = Obstacles(rawValue: 1 << 4)
  /// The machine answers under another name.
  package static let otherName = Obstacles(rawValue: 1 << 5)
}

/// Why a look, a reading or a step got no answer.
package enum Silence: UInt8, Hashable, Sendable {
  /// Nothing reached the host.
  case unreachable
  /// The host refused the account before anything was executed.
  case authentication
  /// Something was sent and no answer came.
  case lost
}

/// How a step ended, as far as can be known.
package enum Outcome: Hashable, Sendable {
  case done
  /// The host refused with this code.
  case refused(HRESULT)
  /// No answer; `lost` makes the step unknown, the others prove that it was not executed.
  case silent(Silence)
}

/// What a KMS host said of itself.
package struct KMSReading: Hashable, Sendable {
  /// nil is unknown, and unknown refuses.
  package var count: UInt16?
  /// Whether a request for 25 was seen since the last restart; nil when that cannot be told.
  package var sawClientRequest: Bool?
  package var bootedAt: Timestamp
  package var skewMinutes: Int16
  /// What keeps it from serving the wave; empty when nothing does.
  package var faults: KMSHostFaults
  /// How many distinct hosts were known to be counted when it was asked for; nil for all of them.
  ///
  /// The count cannot be lower. Who is counted while it is on its way may be in it or not.
  package var known: Int?

  package init(
    count: UInt16?, sawClientRequest: Bool? = nil, bootedAt: Timestamp, skewMinutes: Int16 = 0,
    faults: KMSHostFaults = [], known: Int? = nil
  ) {
    self.count = count
    self.sawClientRequest = sawClientRequest
    self.bootedAt = bootedAt
    self.skewMinutes = skewMinutes
    self.faults = faults
    self.known = known
  }
}

package struct KMSHostFaults: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let notKMSHost = KMSHostFaults(rawValue: 1 << 0)
  package static let notLicensed = KMSHostFaults(rawValue: 1 << 1)
  /// Its host key does not cover a product of the plan.
  package static let doesNotCover = KMSHostFaults(rawValue: 1 << 2)
  /// The name is an alias: another machine answered.
  package static let otherName = KMSHostFaults(rawValue: 1 << 3)
}
