/// A value that cannot be shown, compared, or written down by accident.
///
/// It has no `Codable`, `Hashable` or `Equatable` conformance, so writing it to the journal or
/// comparing it does not compile. Searching for `reveal` lists every use.
package struct Secret<Value: Sendable>: Sendable {
  private let value: Value

  package init(_ value: Value) {
    self.value = value
  }

  /// Lends the value to `body`, the only way to reach it.
  package func reveal<Result, Failure: Error>(
    _ body: (Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(value)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "‹secret›" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
