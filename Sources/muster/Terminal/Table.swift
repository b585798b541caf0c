/// Rows of cells under a heading, each column as wide as its widest cell.
struct Table {
  private let columns: [Column]
  private var rows: [Row] = []

  struct Column {
    /// The lines of its heading.
    var title: [String]
    var alignment: Alignment

    /// - Parameter title: The heading; a line break in it saves width.
    static func text(_ title: String) -> Column { Column(title, .left) }
    static func number(_ title: String) -> Column { Column(title, .right) }

    private init(_ title: String, _ alignment: Alignment) {
      self.title = title.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      self.alignment = alignment
    }
  }

  enum Alignment {
    case left
    case right
  }

  private enum Row {
    case cells([String])
    case detail(String)
  }

  init(_ columns: Column...) {
    self.columns = columns
  }

  /// Adds a row; it has one cell for each column.
  mutating func add(_ cells: String...) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(.cells(cells))
  }

  /// Adds words about the last row, which stand below it and may take several lines.
  mutating func addDetail(_ text: String) {
    rows.append(.detail(text))
  }

  /// The lines of the table, indented by two, without spaces at their ends.
  ///
  /// What is too long for the last column goes on below it.
  func rendered(_ style: Style) -> String {
    let widths = columns.indices.map(width)
    let height = columns.map(\.title.count).max() ?? 1
    let headings = (0..<height).map { line in
      let titles = columns.map { column in
        // A short heading stands at the foot.
        let place = line - (height - column.title.count)
        return place < 0 ? "" : column.title[place]
      }
      return style.dim(self.line(titles, widths))
    }
    let body = rows.flatMap { row in
      switch row {
      case .cells(let cells): lines(cells, widths)
      case .detail(let text): Paragraph(text, indent: widths[0] + 6, hanging: 2).lines
      }
    }
    return (headings + body).joined(separator: "\n")
  }

  private func width(of column: Int) -> Int {
    let cells = rows.map { row in
      switch row {
      case .cells(let cells): cells[column].count
      case .detail: 0
      }
    }
    return (columns[column].title.map(\.count) + cells).max() ?? 0
  }

  private func lines(_ cells: [String], _ widths: [Int]) -> [String] {
    guard let last = cells.last, columns.last?.alignment == .left else {
      return [line(cells, widths)]
    }
    let offset = widths.dropLast().reduce(2) { $0 + $1 + 2 }
    let parts = Paragraph(last, width: max(Paragraph.width - offset, 24)).lines
    let first = line(cells.dropLast() + [parts.first ?? ""], widths)
    return [first] + parts.dropFirst().map { String(repeating: " ", count: offset) + $0 }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for (column, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      text += "  "
      switch columns[column].alignment {
      case .left: text += cell + padding
      case .right: text += padding + cell
      }
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
