import VolumeActivation
import WSMan

/// Which classes and which WinRM a host has.
///
/// Source: slmgr-wmi.md, sections 4 and 5; winrm-wire.md, section 8.
enum WindowsGeneration: CaseIterable, Sendable {
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

  /// `MaxConcurrentOperationsPerUser`: requests in flight and open enumerations.
  var operations: Int {
    switch self {
    case .vista, .seven: 15
    case .eight: 1500
    }
  }

  /// How long an enumeration is kept that nobody goes on with: `EnumerationTimeoutms`.
  var enumerationTimeout: Milliseconds {
    switch self {
    case .vista, .seven: .seconds(60)
    case .eight: .seconds(240)
    }
  }

  /// `MaxEnvelopeSizekb`, in octets.
  var envelope: Int {
    switch self {
    case .vista, .seven: 150 << 10
    case .eight: 500 << 10
    }
  }

  /// The version of WinRM.
  var stack: String {
    switch self {
    case .vista, .seven: "2.0"
    case .eight: "3.0"
    }
  }

  var faultShape: Answer.FaultShape {
    switch self {
    case .vista, .seven: .provider
    case .eight: .wmi
    }
  }

  /// Where the service keeps its settings in the registry.
  var registryKey: String {
    switch self {
    case .vista: #"SOFTWARE\Microsoft\Windows NT\CurrentVersion\SL"#
    case .seven, .eight:
      #"SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform"#
    }
  }

  /// Whether licensing has methods and properties for the KMS host's port.
  var hasPort: Bool {
    switch self {
    case .vista: false
    case .seven, .eight: true
    }
  }
}
