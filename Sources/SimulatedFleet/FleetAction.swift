package import Execution
package import VolumeActivation

/// A change of one host, with its texts already looked up.
package enum FleetAction: Hashable, Sendable {
  case setKMS(SettingSlot)
  /// One half of a setting, as WMI's own methods have it; the other half stays as it is then.
  case setKMSHalf(KMSHalf, SettingSlot)
  /// nil for a key that no machine takes.
  case installKey(KeySlot?)
  case activate
  /// Hashes of the confirmation ID and of the installation ID it is for.
  case deposit(confirmation: UInt64, installation: UInt64)
}

/// A half of a KMS setting.
package enum KMSHalf: Int64, Hashable, Sendable {
  case name = 1
  case port = 2
}

extension FleetAction {
  var deed: Deed.Kind {
    switch self {
    case .setKMS, .setKMSHalf: .setKMS
    case .installKey: .installKey
    case .activate: .activate
    case .deposit: .deposit
    }
  }

  var key: KeySlot {
    switch self {
    case .installKey(let slot): slot ?? .none
    case .setKMS, .setKMSHalf, .activate, .deposit: .none
    }
  }
}

extension SimulatedFleet {
  /// Looks up the texts of a change.
  package mutating func action(_ action: LicensingAction) -> FleetAction {
    switch action {
    case .setKMS(let setting): .setKMS(slot(of: setting))
    case .installKey(let key): .installKey(blueprint.slot(of: key.partial))
    case .activate: .activate
    case .deposit(let confirmation, let installation):
      .deposit(
        confirmation: Dice.hash(confirmation.rawValue),
        installation: Dice.hash(installation.rawValue))
    }
  }

  /// Looks up the texts of one half of a KMS setting.
  package mutating func setting(_ half: KMSHalf, as setting: KMSSetting) -> FleetAction {
    .setKMSHalf(half, slot(of: setting))
  }
}
