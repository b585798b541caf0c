package import VolumeActivation

/// An instance, or what a method gave out, as it arrived.
///
/// Names are compared without their namespace: a class element has the one of its class, a
/// fragment has none.
package struct CIMInstance: Sendable {
  package let element: XMLElement

  package init(_ element: XMLElement) { self.element = element }

  /// What the instance says of a property; nil when it says nothing.
  package func property(_ name: CIMName) -> CIMProperty? {
    var children = element.children.lazy.filter { $0.isNamed(local: name) }.makeIterator()
    guard let first = children.next() else { return nil }
    guard let second = children.next() else { return first.isNil ? .null : .value(first) }
    return .array([first, second] + IteratorSequence(children))
  }

  /// The only value of a property; nil when it is absent or null.
  private func value(_ name: CIMName) throws(CIMValueError) -> XMLElement? {
    switch property(name) {
    case nil, .null: return nil
    case .value(let element): return element
    case .array: throw CIMValueError(property: name, expected: .oneValue)
    }
  }
}

extension CIMInstance {
  /// The text of a property, which may be empty; nil when it is absent or null.
  package func string(_ name: CIMName) throws(CIMValueError) -> String? {
    try value(name)?.text
  }

  /// The texts of an array; none when it is absent or null.
  package func strings(_ name: CIMName) -> [String] {
    switch property(name) {
    case nil, .null: []
    case .value(let element): [element.text]
    case .array(let elements): elements.filter { !$0.isNil }.map(\.text)
    }
  }

  /// `true`, `false`, `1` or `0`, whatever the case.
  package func boolean(_ name: CIMName) throws(CIMValueError) -> Bool? {
    guard let element = try value(name) else { return nil }
    switch element.token.lowercased() {
    case "true", "1": return true
    case "false", "0": return false
    default: throw CIMValueError(property: name, expected: .boolean)
    }
  }

  /// A decimal number of this type, or one with the same bits of its twin with the other sign.
  package func integer<Number: FixedWidthInteger>(
    _ name: CIMName, as type: Number.Type = Number.self
  ) throws(CIMValueError) -> Number? {
    guard let element = try value(name) else { return nil }
    guard let number = Number(bitsOf: element.tokenBytes) else {
      throw CIMValueError(property: name, expected: .integer)
    }
    return number
  }

  /// A code of Windows, with or without a sign.
  package func hresult(_ name: CIMName) throws(CIMValueError) -> HRESULT? {
    try integer(name, as: UInt32.self).map(HRESULT.init(rawValue:))
  }

  /// A date, wrapped in an element of its own or bare, in either form.
  package func dateTime(_ name: CIMName) throws(CIMValueError) -> CIMDateTime? {
    guard let element = try value(name) else { return nil }
    guard let date = CIMDateTime(unwrapped(element).tokenBytes) else {
      throw CIMValueError(property: name, expected: .dateTime)
    }
    return date
  }

  /// An interval, wrapped in an element of its own or bare, in either form.
  package func interval(_ name: CIMName) throws(CIMValueError) -> CIMInterval? {
    guard let element = try value(name) else { return nil }
    guard let interval = CIMInterval(unwrapped(element).tokenBytes) else {
      throw CIMValueError(property: name, expected: .interval)
    }
    return interval
  }

  /// `Datetime`, `Interval` or `CIM_DateTime` inside the property, in whichever namespace.
  private func unwrapped(_ element: XMLElement) -> XMLElement { element.onlyChild ?? element }
}

extension FixedWidthInteger {
  /// Reads decimal digits with or without a sign; a number that only fits the type of the other
  /// sign is taken by its bits.
  ///
  /// - Precondition: The type has 64 bits or fewer.
  init?(bitsOf digits: ArraySlice<UInt8>) {
    guard digits.count <= 20 else { return nil }
    let text = String(decoding: digits, as: UTF8.self)
    if let value = Self(text) {
      self = value
    } else if Self.isSigned, let value = UInt64(text), value >> (Self.bitWidth - 1) == 1 {
      self = Self(truncatingIfNeeded: value)
    } else if !Self.isSigned, let value = Int64(text), value >> (Self.bitWidth - 1) == -1 {
      self = Self(truncatingIfNeeded: value)
    } else {
      return nil
    }
  }
}
