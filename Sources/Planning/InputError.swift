/// What is wrong with something that a person gave, where, and what to do next.
///
/// Its description is the one message that the person sees; it never holds a secret.
package struct InputError: Error, Hashable, Sendable {
  package var kind: Kind
  package var place: Place
  /// What is wrong, as a clause without a full stop.
  package var problem: String
  /// What to do next, as a sentence in the imperative without a full stop.
  package var remedy: String

  package init(_ kind: Kind, at place: Place, _ problem: String, remedy: String) {
    self.kind = kind
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  /// What the exit code follows from.
  package enum Kind: Hashable, Sendable {
    /// The input itself is wrong: exit code 1.
    case input
    /// Plan, journal or configuration are damaged or do not belong together: exit code 14.
    case document
  }

  /// Where it stands.
  package struct Place: Hashable, Sendable {
    /// The file as the person named it.
    package var file: String
    /// Counted from 1.
    package var line: Int?
    /// Counted from 1, in characters.
    package var column: Int?
    /// The host it is about, as the file spells it.
    package var host: String?

    package init(file: String, line: Int? = nil, column: Int? = nil, host: String? = nil) {
      self.file = file
      self.line = line
      self.column = column
      self.host = host
    }
  }
}

extension InputError.Place: CustomStringConvertible {
  /// `inventory.csv:12:5, host ws-7.contoso.com`.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ":\(column)" }
    if let host { text += ", host \(host)" }
    return text
  }
}

extension InputError: CustomStringConvertible {
  package var description: String { "\(place): \(problem). \(remedy)." }
}
