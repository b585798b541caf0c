/// Instances about to be sent in one reply.
package struct AnswerPage: Hashable, Sendable {
  package enum Operation: Hashable, Sendable { case enumerate, pull }

  package enum RowStyle: Hashable, Sendable {
    /// The columns of a query.
    case fragments
    /// All properties of a class.
    case instances(of: ResourceURI)
  }

  /// What it answers.
  package var operation: Operation
  package var style: RowStyle
  package var rows: [CIMObject]
  /// Where the next rows are; nil after the last.
  package var next: EnumerationContext?

  package init(
    _ operation: Operation, _ style: RowStyle, rows: [CIMObject], next: EnumerationContext?
  ) {
    self.operation = operation
    self.style = style
    self.rows = rows
    self.next = next
  }
}
