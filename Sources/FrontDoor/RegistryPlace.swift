import VolumeActivation
import WSMan

/// A value of the registry that `StdRegProv` is asked for.
struct RegistryPlace: Hashable, Sendable {
  /// Below `HKEY_LOCAL_MACHINE`, in lower case; nil below another root.
  var key: String?
  var name: String

  init(_ parameters: Parameters) throws(Setback) {
    let root = try parameters.optionalNumber("hDefKey") ?? Self.machine
    let key = try parameters.text("sSubKeyName").lowercased()
    self.key = root == Self.machine ? key : nil
    name = try parameters.text("sValueName").lowercased()
  }

  private static let machine: UInt32 = 0x8000_0002

  fileprivate static let windows = #"software\microsoft\windows nt\currentversion"#
  fileprivate static let kmsName = "keymanagementservicename"
  fileprivate static let kmsPort = "keymanagementserviceport"

  /// Whether it is where 6.0 keeps the KMS host's port, for which it has no method.
  func isPort(on generation: WindowsGeneration) -> Bool {
    !generation.hasPort && key == generation.registryKey.lowercased() && name == Self.kmsPort
  }
}

/// What `StdRegProv` returns.
enum RegistryStatus: UInt64, Sendable {
  case done = 0
  /// The key is there and the value is not.
  case noValue = 1
  case noKey = 2
  case accessDenied = 5
}

extension Machine {
  /// A text of the registry, or why there is none.
  func text(at place: RegistryPlace) -> (text: String?, status: RegistryStatus) {
    let found: String?? =
      switch place.key {
      case RegistryPlace.windows: windowsText(place.name)
      case generation.registryKey.lowercased(): serviceText(place.name)
      case .some, nil: nil
      }
    guard let found else { return (nil, .noKey) }
    return (found, found == nil ? .noValue : .done)
  }

  private func windowsText(_ name: String) -> String? {
    switch name {
    case "currentbuild", "currentbuildnumber": String(state.build)
    case "editionid": state.edition.rawValue
    case "productname": product
    default: nil
    }
  }

  private func serviceText(_ name: String) -> String? {
    switch name {
    case RegistryPlace.kmsName: state.kmsSetting.name?.rawValue
    case RegistryPlace.kmsPort: state.kmsSetting.port.map { String($0) }
    default: nil
    }
  }
}
