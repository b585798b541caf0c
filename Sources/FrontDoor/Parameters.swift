import WSMan

/// The parameters of a call, which arrive as texts.
struct Parameters {
  private let object: CIMObject

  init(_ object: CIMObject) { self.object = object }

  func text(_ name: CIMName) throws(Setback) -> String {
    guard case .string(let text) = object[name] else { throw .invalidParameters }
    return text
  }

  func number(_ name: CIMName) throws(Setback) -> UInt32 {
    guard let number = UInt32(try text(name)) else { throw .invalidParameters }
    return number
  }

  /// nil when it was left out.
  func optionalNumber(_ name: CIMName) throws(Setback) -> UInt32? {
    switch object[name] {
    case nil, .null: nil
    case .some: try number(name)
    }
  }
}
