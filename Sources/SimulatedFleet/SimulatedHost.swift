package import VolumeActivation

/// What changes of one simulated Windows machine: numbers only, so that a fleet is copied and
/// compared in microseconds.
///
/// Texts stand in the fleet's `FleetBlueprint`; keys and KMS settings are places in its tables.
package struct SimulatedHost: Hashable, Sendable {
  package var key: KeySlot
  package var licence: Licence
  package var status: LicenseStatus
  package var reason: UInt32
  /// When the grace period or the KMS activation runs out; `.never` for a permanent licence.
  package var ends: Timestamp
  package var machine: ClientMachineID?
  /// The edition in its place in the blueprint's table; another key can change it.
  package var edition: UInt16
  /// The KMS name and port set for the service, and for the Windows product.
  package var setting: SettingSlot
  package var productSetting: SettingSlot
  /// The KMS host that answered last, counted from 1; 0 is none.
  package var lastKMSHost: UInt16 = 0
  package var activationTypeEnabled: UInt8
  package var activationType: UInt8 = 0
  /// How often a key was installed.
  package var installs: UInt16 = 0
  package var activationsSpent: UInt16 = 0
  /// The machine's clock less the fleet's.
  package var skew: Milliseconds = .zero
  package var bootedAt: Timestamp
  /// It cannot be reached before this instant.
  package var silentUntil = Timestamp(rawValue: 0)
  /// When it asks its KMS host by itself; `.never` while it has no reason to.
  package var nextAsk = Timestamp(rawValue: .max)
  /// Operations that were begun and have not been executed.
  package var running: UInt16 = 0
  package var quirks: Quirks = []
  /// How many looks, changes and own requests there have been, which is what their faults follow
  /// from.
  package var looks: UInt32 = 0
  package var changes: UInt32 = 0
  package var asks: UInt32 = 0

  /// By what right Windows runs.
  package enum Licence: UInt8, Hashable, Codable, Sendable {
    case none
    /// By a MAK, a retail or an OEM key.
    case permanent
    case kms
  }

  /// What is odd about a machine, drawn when the fleet was made.
  package struct Quirks: OptionSet, Hashable, Sendable {
    package var rawValue: UInt16

    package init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    /// Its installation ID changes with every key.
    package static let unstableInstallationID = Quirks(rawValue: 1 << 0)
    /// Its requests do not reach any KMS host.
    package static let blockedPath = Quirks(rawValue: 1 << 1)
    /// It refuses every account.
    package static let lockedOut = Quirks(rawValue: 1 << 2)
    /// Somebody outside this run has changed its key.
    package static let foreignHand = Quirks(rawValue: 1 << 3)
    /// The machine was never licensed, so that it has nothing to lose.
    package static let nothingToLose = Quirks(rawValue: 1 << 4)
  }
}

extension SimulatedHost {
  package var isLicensed: Bool { licence != .none }
}

/// A place in the blueprint's table of keys; 0 is no key.
package struct KeySlot: RawRepresentable, Hashable, Codable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static let none = KeySlot(rawValue: 0)
}

/// A place in the blueprint's table of KMS settings; 0 is nothing set.
package struct SettingSlot: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static let discovered = SettingSlot(rawValue: 0)
}

extension Timestamp {
  /// After anything that happens.
  package static let never = Timestamp(rawValue: .max)
}

extension SimulatedHost {
  /// Minutes until its licence or its grace ends; 0 when neither ends.
  func minutesLeft(at now: Timestamp) -> Int {
    ends == .never ? 0 : Int(max(0, (ends - now).rawValue / 60_000))
  }
}
