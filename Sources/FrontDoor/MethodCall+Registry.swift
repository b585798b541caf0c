import WSMan

extension MethodCall {
  private enum Registry: String, CaseIterable {
    case getString = "GetStringValue"
    case setString = "SetStringValue"
    case delete = "DeleteValue"
  }

  static func registry(
    _ method: CIMName, _ parameters: CIMObject, _ generation: WindowsGeneration
  ) throws(Setback) -> MethodCall {
    let parameters = Parameters(parameters)
    let method = try Registry(method)
    let place = try RegistryPlace(parameters)
    switch method {
    case .getString: return .readRegistry(place)
    case .setString:
      guard place.isPort(on: generation) else { return .protectedRegistry }
      let text = try parameters.text("sValue")
      guard let port = UInt16(text), port > 0 else { throw .invalidParameters }
      return .change(.setPort(port))
    case .delete:
      guard place.isPort(on: generation) else { return .protectedRegistry }
      return .change(.setPort(nil))
    }
  }
}
