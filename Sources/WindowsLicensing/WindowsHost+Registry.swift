import Execution
import VolumeActivation
import WSMan
import WSManSession

/// A value below `HKEY_LOCAL_MACHINE`.
struct RegistryValue: Sendable {
  var key: String
  var name: String

  private static let machine: CIMValue = 0x8000_0002
  private static let windows = #"SOFTWARE\Microsoft\Windows NT\CurrentVersion"#

  static let editionID = RegistryValue(key: windows, name: "EditionID")
  /// Where Windows 6.0 keeps the port, for which it has no method.
  static let kmsPort = RegistryValue(key: windows + #"\SL"#, name: "KeyManagementServicePort")

  var parameters: CIMObject {
    ["hDefKey": Self.machine, "sSubKeyName": .string(key), "sValueName": .string(name)]
  }
}

extension WindowsHost {
  /// A text; nil when there is none.
  private func registryText(_ value: RegistryValue) async throws(LicensingFailure) -> String? {
    let result: MethodResult
    do throws(SessionError) {
      result = try await session.invoke(
        "GetStringValue", of: InstancePath(.registry), value.parameters)
    } catch {
      throw LicensingFailure(error)
    }
    switch result.returnValue {
    case 0:
      return try LicensingFailure.reading { () throws(CIMValueError) in
        try result.output.string("sValue")
      }
    // The key or the value is not there.
    case 1, 2: return nil
    default: throw .refused(HRESULT(rawValue: 0x8007_0000 | result.returnValue & 0xFFFF))
    }
  }

  /// The edition of a machine without a key, which has no licence that names it.
  func editionID() async throws(LicensingFailure) -> String {
    try await registryText(.editionID) ?? ""
  }

  func registryPort() async throws(LicensingFailure) -> UInt16? {
    try await registryText(.kmsPort).flatMap { UInt16($0) }
  }

  /// - Parameter port: nil removes it.
  func setRegistryPort(_ port: UInt16?) async throws(LicensingFailure) {
    var parameters = RegistryValue.kmsPort.parameters
    if let port {
      parameters.properties.append(CIMObject.Property("sValue", .string(String(port))))
    }
    try await invoke(
      port == nil ? "DeleteValue" : "SetStringValue", of: InstancePath(.registry), parameters)
  }
}
