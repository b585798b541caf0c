/// Everything that is wrong with one file, in the order of its lines.
///
/// The first error decides about the exit code; the others are shown so that a person can mend
/// them in one go.
package struct InputErrors: Error, Hashable, Sendable {
  package var first: InputError
  /// A handful at most.
  package var others: [InputError]
  /// How many more there are that are not listed.
  package var unlisted: Int

  package init(_ first: InputError, others: [InputError] = [], unlisted: Int = 0) {
    self.first = first
    self.others = others
    self.unlisted = unlisted
  }
}

extension InputErrors: CustomStringConvertible {
  package var description: String {
    var lines = [first.description] + others.map(\.description)
    if unlisted > 0 { lines.append("… and \(unlisted) more like these.") }
    return lines.joined(separator: "\n")
  }
}
