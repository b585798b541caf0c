/// Why a query cannot be answered.
package enum WQLError: Error, Hashable {
  case tooLong
  /// What was expected where the query stopped making sense, counted in tokens from 1.
  case expected(String, token: Int)
  case unclosedString
  case unknownCharacter
  case unknownColumn(CIMName)
}

extension WQLError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong: "the query is too long"
    case .expected(let what, let token): "the query has no \(what) at token \(token)"
    case .unclosedString: "the query has a string that is not closed"
    case .unknownCharacter: "the query has a character that WQL does not know"
    case .unknownColumn(let name): "the class has no property \(name)"
    }
  }
}
