import VolumeActivation
import WSMan

/// A call of a method that hosts have, with its parameters read.
enum MethodCall: Sendable {
  /// It changes nothing that shows.
  case refreshLicenseStatus
  /// A text of the registry.
  case readRegistry(RegistryPlace)
  /// A text of the registry that nobody may change.
  case protectedRegistry
  case change(Change)
  /// A method that Windows has and no machine here lets anybody call.
  case forbidden

  /// What a call changes, on the machine or on one of its licences.
  enum Change: Sendable {
    /// nil is a key that no machine takes.
    case installKey(ProductKey?)
    case setName(HostName?)
    case setPort(UInt16?)
    case activate
    case deposit(ConfirmationID, for: InstallationID)
  }
}

extension MethodCall {
  init(
    _ method: CIMName, of wmiClass: WMIClass, _ parameters: CIMObject,
    on generation: WindowsGeneration
  ) throws(Setback) {
    switch wmiClass {
    case .service: self = try Self.service(method, parameters, generation)
    case .product: self = try Self.product(method, parameters, generation)
    case .registry: self = try Self.registry(method, parameters, generation)
    case .operatingSystem, .computerSystem, .computerSystemProduct: throw .noSuchMethod
    }
  }

  private enum Service: String, CaseIterable {
    case installProductKey = "InstallProductKey"
    case refreshLicenseStatus = "RefreshLicenseStatus"
    case setMachine = "SetKeyManagementServiceMachine"
    case clearMachine = "ClearKeyManagementServiceMachine"
    case setPort = "SetKeyManagementServicePort"
    case clearPort = "ClearKeyManagementServicePort"
  }

  private static func service(
    _ method: CIMName, _ parameters: CIMObject, _ generation: WindowsGeneration
  ) throws(Setback) -> MethodCall {
    let parameters = Parameters(parameters)
    switch try Service(method) {
    case .installProductKey:
      let text = try parameters.text("ProductKey")
      return .change(.installKey(try? ProductKey(text)))
    case .refreshLicenseStatus: return .refreshLicenseStatus
    case .setMachine:
      let name = try parameters.text("MachineName")
      guard let name = HostName(name) else { throw .refused(.invalidArgument) }
      return .change(.setName(name))
    case .clearMachine: return .change(.setName(nil))
    case .setPort:
      guard generation.hasPort else { throw .noSuchMethod }
      let port = try parameters.number("PortNumber")
      guard let port = UInt16(exactly: port), port > 0 else { throw .refused(.invalidArgument) }
      return .change(.setPort(port))
    case .clearPort:
      guard generation.hasPort else { throw .noSuchMethod }
      return .change(.setPort(nil))
    }
  }

  private enum Product: String, CaseIterable {
    case activate = "Activate"
    case deposit = "DepositOfflineConfirmationId"
    case uninstall = "UninstallProductKey"
    case setMachine = "SetKeyManagementServiceMachine"
    case clearMachine = "ClearKeyManagementServiceMachine"
    case setPort = "SetKeyManagementServicePort"
    case clearPort = "ClearKeyManagementServicePort"
  }

  private static func product(
    _ method: CIMName, _ parameters: CIMObject, _ generation: WindowsGeneration
  ) throws(Setback) -> MethodCall {
    let parameters = Parameters(parameters)
    switch try Product(method) {
    case .activate: return .change(.activate)
    case .deposit:
      return .change(
        .deposit(
          ConfirmationID(rawValue: try parameters.text("ConfirmationId")),
          for: InstallationID(rawValue: try parameters.text("InstallationId"))))
    case .uninstall: return .forbidden
    case .setMachine, .clearMachine, .setPort, .clearPort:
      guard generation.hasPort else { throw .noSuchMethod }
      return .forbidden
    }
  }
}

extension RawRepresentable where Self: CaseIterable, RawValue == String {
  /// The method with this name, in any case.
  init(_ method: CIMName) throws(Setback) {
    let name = method.rawValue.lowercased()
    guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
      throw .noSuchMethod
    }
    self = found
  }
}

extension HRESULT {
  /// `E_INVALIDARG`.
  static let invalidArgument = HRESULT(rawValue: 0x8007_0057)
}
