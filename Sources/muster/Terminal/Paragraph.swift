/// Words broken into lines that a terminal shows whole.
struct Paragraph {
  /// As wide as a line of tables and prose gets: what a terminal has unless somebody made it wider.
  static let width = 80

  /// As wide as a line of a run's progress gets.
  static let progressWidth = 100

  let lines: [String]

  /// - Parameters:
  ///   - indent: Spaces before each line.
  ///   - hanging: Further spaces before each line but the first.
  init(_ text: String, indent: Int = 0, hanging: Int = 0, width: Int = Self.width) {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var length = indent
    var isEmpty = true
    for word in Self.words(of: text) {
      if !isEmpty, length + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent + hanging)
        length = indent + hanging
        isEmpty = true
      }
      line += isEmpty ? word : " " + word
      length += (isEmpty ? 0 : 1) + word.count
      isEmpty = false
    }
    if !isEmpty { lines.append(line) }
    self.lines = lines
  }

  /// The words of a text; a number stays with the word that it counts.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ") {
      if let last = words.last, word.first == "%" || last.allSatisfy(\.isNumber) {
        words[words.count - 1] = "\(last) \(word)"
      } else {
        words.append(String(word))
      }
    }
    return words
  }

  var text: String { lines.joined(separator: "\n") }
}
