/// A value as a property or parameter is written.
package enum CIMValue: Hashable, Sendable {
  case null
  case string(String)
  /// A text that is written and never shown; a reader finds a string.
  case secret(SecretText)
  case boolean(Bool)
  case unsigned(UInt64)
  case signed(Int64)
  case dateTime(CIMDateTime)
  case interval(CIMInterval)
  /// None is not told from null, and one not from a value that is no array.
  case array([CIMValue])
}

extension CIMValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(integerLiteral value: UInt64) { self = .unsigned(value) }
  package init(nilLiteral: ()) { self = .null }
}
