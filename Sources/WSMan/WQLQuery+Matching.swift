extension WQLQuery {
  /// The named columns of an instance of the class that meets the conditions; nil of another.
  ///
  /// A column that the instance does not have makes the whole query fail, as in Windows.
  package func row(of object: CIMObject) throws(WQLError) -> CIMObject? {
    for condition in conditions where try !condition.holds(of: object) { return nil }
    switch columns {
    case .all: return object
    case .named(let names):
      var row = CIMObject()
      for name in names {
        guard let value = object[name] else { throw .unknownColumn(name) }
        row.properties.append(CIMObject.Property(name, value))
      }
      return row
    }
  }
}

extension WQLQuery.Condition {
  fileprivate func holds(of object: CIMObject) throws(WQLError) -> Bool {
    switch self {
    case .equal(let column, let literal): try literal == column.value(in: object)
    case .notEqual(let column, let literal): try literal != column.value(in: object)
    }
  }
}

extension CIMName {
  fileprivate func value(in object: CIMObject) throws(WQLError) -> CIMValue {
    guard let value = object[self] else { throw .unknownColumn(self) }
    return value
  }
}

extension WQLQuery.Literal {
  /// Strings are compared without case; null equals null alone.
  fileprivate static func == (literal: Self, value: CIMValue) -> Bool {
    switch (literal, value) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.number(let left), .unsigned(let right)): UInt64(exactly: left) == right
    case (.number(let left), .signed(let right)): left == right
    case (.string(let left), .string(let right)): left.lowercased() == right.lowercased()
    case (.null, _), (.boolean, _), (.number, _), (.string, _): false
    }
  }

  /// Nothing but null is told apart from null, as in SQL.
  fileprivate static func != (literal: Self, value: CIMValue) -> Bool {
    switch (literal, value) {
    case (.null, _): !(literal == value)
    case (_, .null): false
    case (.boolean, _), (.number, _), (.string, _): !(literal == value)
    }
  }
}
