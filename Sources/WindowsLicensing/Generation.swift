import VolumeActivation
import WSMan

/// Which classes of licensing a host has: a column that one lacks makes a whole query fail.
///
/// Source: slmgr-wmi.md, sections 4 and 5.
enum Generation: CaseIterable, Sendable {
  /// Vista and Server 2008: `6.0`.
  case vista
  /// Windows 7 and Server 2008 R2: `6.1`.
  case seven
  /// Windows 8, Server 2012 and later.
  case eight

  init(_ version: NTVersion) {
    if version < NTVersion(6, 1) {
      self = .vista
    } else if version < NTVersion(6, 2) {
      self = .seven
    } else {
      self = .eight
    }
  }

  /// Of `SoftwareLicensingService`.
  var serviceColumns: [CIMName] {
    let all: [CIMName] = ["Version", "ClientMachineID", "KeyManagementServiceMachine"]
    switch self {
    case .vista:
      return all + [
        "IsKeyManagementServiceMachine", "KeyManagementServiceCurrentCount",
        "KeyManagementServiceTotalRequests",
      ]
    case .seven, .eight: return all + ["KeyManagementServicePort"]
    }
  }

  /// Of `SoftwareLicensingProduct`, as a look needs them.
  var productColumns: [CIMName] {
    let all: [CIMName] = [
      "ID", "Description", "PartialProductKey", "LicenseStatus", "GracePeriodRemaining",
      "LicenseIsAddon", "LicenseFamily", "OfflineInstallationId",
    ]
    let later: [CIMName] = [
      "LicenseStatusReason", "KeyManagementServiceMachine", "KeyManagementServicePort",
      "DiscoveredKeyManagementServiceMachineName",
    ]
    switch self {
    case .vista: return all
    case .seven: return all + later
    case .eight: return all + later + ["VLActivationTypeEnabled", "VLActivationType"]
    }
  }

  /// Of `SoftwareLicensingProduct`, as the reading of a KMS host needs them.
  var hostKeyColumns: [CIMName] {
    let all: [CIMName] = ["Description", "LicenseStatus"]
    switch self {
    case .vista: return all
    case .seven, .eight:
      return all + [
        "IsKeyManagementServiceMachine", "KeyManagementServiceCurrentCount",
        "KeyManagementServiceTotalRequests",
      ]
    }
  }

  /// Seconds that a host may take to activate; the oldest allow no more than a minute.
  var activationTimeout: Int64 {
    switch self {
    case .vista, .seven: 60
    case .eight: 120
    }
  }

  /// Whether a MAK that is licensed is left alone, as slmgr.vbs does.
  var sparesLicensedMAK: Bool {
    switch self {
    case .vista, .seven: false
    case .eight: true
    }
  }

  /// Whether licensing has methods and properties for the KMS host's port, or the registry alone.
  var hasPort: Bool {
    switch self {
    case .vista: false
    case .seven, .eight: true
    }
  }
}
