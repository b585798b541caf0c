/// A property that is not what its class says.
///
/// It does not hold what stood there instead, which may be a secret.
package struct CIMValueError: Error, Hashable {
  package enum Expected: String, Hashable, Sendable {
    case oneValue = "one value"
    case boolean = "a boolean"
    case integer = "an integer in range"
    case dateTime = "a date"
    case interval = "an interval"
    case present = "present"
  }

  package var property: CIMName
  package var expected: Expected

  package init(property: CIMName, expected: Expected) {
    self.property = property
    self.expected = expected
  }
}

extension CIMValueError: CustomStringConvertible {
  package var description: String { "\(property) is not \(expected.rawValue)" }
}
