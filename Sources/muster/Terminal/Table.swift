/// Rows of cells under a heading, each column as wide as its widest cell.
struct Table {
  private let columns: [Column]
  private var rows: [[String]] = []

  struct Column {
    var title: String
    var alignment: Alignment

    static func text(_ title: String) -> Column { Column(title: title, alignment: .left) }
    static func number(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  enum Alignment {
    case left
    case right
  }

  init(_ columns: Column...) {
    self.columns = columns
  }

  /// Adds a row; it has one cell for each column.
  mutating func add(_ cells: String...) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(cells)
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The lines of the table, indented by two, without spaces at their ends.
  func rendered(_ style: Style) -> String {
    let widths = columns.indices.map { column in
      rows.reduce(columns[column].title.count) { max($0, $1[column].count) }
    }
    let heading = line(columns.map(\.title), widths)
    return ([style.dim(heading)] + rows.map { line($0, widths) }).joined(separator: "\n")
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
