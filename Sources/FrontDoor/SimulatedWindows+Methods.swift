import Execution
import SimulatedFleet
import VolumeActivation
import WSMan

extension SimulatedWindows {
  /// Calls a method.
  ///
  /// - Returns: What it gives out.
  func call(
    _ method: CIMName, of path: InstancePath, _ parameters: CIMObject, _ exchange: Exchange
  ) async throws(Setback) -> CIMObject {
    let wmiClass = try WMIClass(path.resource)
    switch try MethodCall(method, of: wmiClass, parameters, on: exchange.generation) {
    case .refreshLicenseStatus:
      _ = try wmiClass.instance(called: path, on: try await look(exchange))
    case .readRegistry(let place):
      let (text, status) = try await look(exchange).text(at: place)
      return [
        "ReturnValue": .unsigned(status.rawValue), "sValue": text.map { .string($0) } ?? nil,
      ]
    case .protectedRegistry:
      _ = try await look(exchange)
      return ["ReturnValue": .unsigned(RegistryStatus.accessDenied.rawValue)]
    case .forbidden:
      _ = try await look(exchange)
      throw .accessDenied
    case .change(let change):
      try await perform(exchange) { machine, fleet throws(Setback) in
        try machine.check(change, at: path, of: wmiClass)
        return fleet.action(change)
      }
    }
    return ["ReturnValue": 0]
  }
}

extension WMIClass {
  /// The instance that a method is called on, whose path needs its key also where there is only
  /// one; nil for a class whose methods need none.
  func instance(called path: InstancePath, on machine: Machine) throws(Setback) -> CIMObject? {
    guard !keys.isEmpty else { return nil }
    guard !path.selectors.isEmpty else { throw .invalidParameters }
    return try instance(at: path, on: machine)
  }
}

extension Machine {
  /// Refuses what cannot be done to what a path picks.
  fileprivate func check(
    _ change: MethodCall.Change, at path: InstancePath, of wmiClass: WMIClass
  ) throws(Setback) {
    let instance = try wmiClass.instance(called: path, on: self)
    switch change {
    case .installKey, .setName, .setPort: return
    case .activate, .deposit:
      let licence = licences.first { instance?["ID"] == .string($0.id) }
      guard let licence, licence.partialKey != nil else { throw .refused(.keyNotInstalled) }
      guard licence.isWindows else { throw .accessDenied }
    }
  }
}

extension SimulatedFleet {
  fileprivate mutating func action(_ change: MethodCall.Change) -> FleetAction {
    switch change {
    case .installKey(let key):
      key.map { action(LicensingAction.installKey($0)) } ?? .installKey(nil)
    case .setName(let name): setting(.name, as: KMSSetting(name: name))
    case .setPort(let port): setting(.port, as: KMSSetting(port: port))
    case .activate: .activate
    case .deposit(let confirmation, let installation):
      action(LicensingAction.deposit(confirmation, for: installation))
    }
  }
}

extension HRESULT {
  /// `SL_E_PKEY_NOT_INSTALLED`.
  fileprivate static let keyNotInstalled = HRESULT(rawValue: 0xC004_F014)
}
