import WSMan

/// One reply to Enumerate or Pull, and what is left for the next one.
struct Page: Sendable {
  var answer: Answer
  /// nil after the last row.
  var rest: Rest?

  struct Rest: Sendable {
    var context: EnumerationContext
    var rows: ArraySlice<CIMObject>
  }
}

extension Exchange {
  /// As many rows as the client wants and its envelope holds.
  ///
  /// - Parameter limit: 0 for a first reply that holds none.
  func page(
    _ operation: AnswerPage.Operation, of rows: ArraySlice<CIMObject>,
    _ style: AnswerPage.RowStyle, atMost limit: Int
  ) throws(Setback) -> Page {
    // A context that was used is used up: each reply has one of its own.
    let context = EnumerationContext(MessageID.random().text)
    var count = min(limit, rows.count)
    while true {
      let rest = rows.dropFirst(count)
      let isOver = limit > 0 && rest.isEmpty
      let page = AnswerPage(
        operation, style, rows: Array(rows.prefix(count)), next: isOver ? nil : context)
      let answer = answer(.page(page))
      if fits(answer) {
        return Page(
          answer: answer, rest: isOver ? nil : Page.Rest(context: context, rows: rest))
      }
      guard count > 1 else { throw .tooLarge }
      count -= 1
    }
  }
}
