/// What an instance says a property is, once it has one of that name.
package enum CIMProperty: Sendable {
  case null
  /// As it was written; without the class nobody can tell a number from a text.
  case value(XMLElement)
  /// Two or more, in their order.
  case array([XMLElement])
}

extension XMLElement {
  /// Whether `xsi:nil` says that there is no value.
  var isNil: Bool {
    switch attribute(XMLName(.schemaInstance, "nil")) {
    case "true", "1": true
    case .some, nil: false
    }
  }
}
