/// A query for the instances of one class, as WMI's query language has it.
package struct WQLQuery: Hashable, Sendable {
  package enum Columns: Hashable, Sendable {
    /// `*`, which only others ask for: it would fetch the firmware's product key.
    case all
    case named([CIMName])
  }

  package enum Literal: Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(Int64)
    case string(String)
  }

  package enum Condition: Hashable, Sendable {
    case equal(CIMName, Literal)
    case notEqual(CIMName, Literal)
  }

  package var columns: Columns
  package var className: CIMName
  /// All of them hold.
  package var conditions: [Condition]

  init(columns: Columns, className: CIMName, conditions: [Condition]) {
    self.columns = columns
    self.className = className
    self.conditions = conditions
  }

  /// A query of ours.
  ///
  /// - Precondition: There is a column.
  package init(_ columns: [CIMName], from className: CIMName, where conditions: [Condition] = []) {
    precondition(!columns.isEmpty, "a query without columns")
    self.init(columns: .named(columns), className: className, conditions: conditions)
  }
}

extension WQLQuery.Condition {
  /// `column IS NOT NULL`, in the form that Microsoft's scripts use.
  package static func isPresent(_ column: CIMName) -> Self { .notEqual(column, .null) }
}

extension WQLQuery: CustomStringConvertible {
  package var description: String {
    let list =
      switch columns {
      case .all: "*"
      case .named(let names): names.map(\.rawValue).joined(separator: ", ")
      }
    let test = conditions.map(\.description).joined(separator: " AND ")
    return "SELECT \(list) FROM \(className)" + (test.isEmpty ? "" : " WHERE \(test)")
  }
}

extension WQLQuery.Condition: CustomStringConvertible {
  package var description: String {
    switch self {
    case .equal(let column, let literal): "\(column) = \(literal)"
    case .notEqual(let column, let literal): "\(column) <> \(literal)"
    }
  }
}

extension WQLQuery.Literal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .null: "null"
    case .boolean(let flag): flag ? "TRUE" : "FALSE"
    case .number(let number): String(number)
    case .string(let text):
      "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
  }
}
