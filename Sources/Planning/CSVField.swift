import VolumeActivation

/// One field of a CSV file that people will open in a spreadsheet.
package struct CSVField: Sendable {
  /// As it stands between commas, in quotes where it needs them.
  package let text: String

  /// Takes a word of ours or of the person who will read the file.
  package init(_ own: String) {
    guard own.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else {
      text = own
      return
    }
    text = "\"" + own.replacing("\"", with: "\"\"") + "\""
  }

  /// Takes what a host said, which may be meant for the spreadsheet.
  ///
  /// Control characters become spaces, a product key is left out, and what a spreadsheet would take
  /// for a formula gets an apostrophe in front, unless it is a number.
  package init(from host: String) {
    guard !ProductKey.stands(in: host) else {
      self.init("(a product key)")
      return
    }
    let shown = String(host.map { $0.isControl ? " " : $0 })
    let isFormula = shown.drop { $0 == " " }.first.map { "=+-@＝＋－＠".contains($0) } ?? false
    self.init(isFormula && Double(shown) == nil ? "'" + shown : shown)
  }

  /// The fields of one line without a line break in it, as they were before they were quoted; nil
  /// when a quote has no end.
  package static func fields(of line: Substring) -> [String]? {
    var fields = [""]
    var isQuoted = false
    var rest = line[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted && rest.first == "\"":
        rest.removeFirst()
        fields[fields.count - 1].append(character)
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return isQuoted ? nil : fields
  }
}

extension Character {
  /// Whether a terminal or a reader of lines would obey it instead of showing it.
  package var isControl: Bool {
    isNewline
      || unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
      }
  }
}
