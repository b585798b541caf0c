extension XMLWriter {
  /// How the properties of an object are written.
  enum PropertyStyle {
    /// In the namespace of the class, whose prefix is `p`; null is written as such.
    case classElement
    /// In no namespace, as Windows writes the columns of a query.
    case fragment
    /// In the namespace of the class, whose prefix is `p`; null is left out.
    case parameters
  }

  mutating func properties(of object: CIMObject, _ style: PropertyStyle) {
    for property in object.properties { write(property.name, property.value, style) }
  }

  private mutating func write(_ name: CIMName, _ value: CIMValue, _ style: PropertyStyle) {
    if case .array(let values) = value {
      for value in values { write(name, value, style) }
      return
    }
    if case .null = value {
      guard style != .parameters else { return }
      tag("<", name, style)
      raw(" xsi:nil=\"true\"/>")
      return
    }
    tag("<", name, style)
    raw(">")
    content(value, style)
    tag("</", name, style)
    raw(">")
  }

  private mutating func tag(_ open: StaticString, _ name: CIMName, _ style: PropertyStyle) {
    raw(open)
    switch style {
    case .classElement, .parameters: raw("p:")
    case .fragment: break
    }
    self.name(name)
  }

  private mutating func content(_ value: CIMValue, _ style: PropertyStyle) {
    switch value {
    case .null, .array: break
    case .string(let string): text(string)
    case .secret(let secret): text(secret)
    case .boolean(let flag): raw(flag ? "true" : "false")
    case .unsigned(let number): self.number(number)
    case .signed(let number): self.number(number)
    case .dateTime(let date): wrapped(date.isWhole ? "Datetime" : "CIM_DateTime", date, style)
    case .interval(let interval): wrapped("Interval", interval, style)
    }
  }

  private mutating func wrapped(
    _ type: StaticString, _ value: some CustomStringConvertible, _ style: PropertyStyle
  ) {
    let isFragment = style == .fragment
    raw(isFragment ? "<" : "<cim:")
    raw(type)
    raw(">")
    text(value.description)
    raw(isFragment ? "</" : "</cim:")
    raw(type)
    raw(">")
  }
}
