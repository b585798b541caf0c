/// Many host names as a few: `ws-[001-120,131].hq.contoso.com`.
///
/// What is folded is the last number of the first label, as clush does it.
struct HostRanges {
  private var families: [Family: [Int]] = [:]
  private var others: [String] = []

  private struct Family: Hashable {
    var before: Substring
    var after: Substring
    /// Digits of a number written with leading zeros; 0 for one without.
    var padding: Int
  }

  init(_ names: some Sequence<String>) {
    var numbered: [(Family, digits: Substring, Int)] = []
    for name in names {
      guard let (family, digits, number) = Self.parse(name) else {
        others.append(name)
        continue
      }
      numbered.append((family, digits, number))
    }
    // 099 makes 100 of the same family a padded number too.
    let padded = Set(numbered.filter { $0.digits.first == "0" && $0.digits.count > 1 }.map(\.0))
    for (family, _, number) in numbered {
      var plain = family
      if !padded.contains(family) { plain.padding = 0 }
      families[plain, default: []].append(number)
    }
  }

  /// Splits `ws-012.hq` into `ws-`, 12 and `.hq`; nil for a name without a number.
  private static func parse(_ name: String) -> (Family, Substring, Int)? {
    let label = name.prefix { $0 != "." }
    guard let last = label.lastIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
    let end = label.index(after: last)
    let digits = label[..<end].reversed().prefix { $0.isASCII && $0.isNumber }.count
    let start = label.index(end, offsetBy: -digits)
    guard digits <= 9, let number = Int(label[start..<end]) else { return nil }
    let family = Family(before: label[..<start], after: name[end...], padding: digits)
    return (family, label[start..<end], number)
  }

  /// A few names in one word, and how many hosts it stands for.
  struct Word: Hashable {
    var text: String
    var hosts: Int
  }

  /// The folded names, sorted.
  var folded: [String] { words.map(\.text) }

  /// The folded names, sorted; a long list of numbers becomes several words.
  var words: [Word] {
    let ranges = families.flatMap { family, numbers in
      Self.pieces(Self.spans(of: numbers), family).map { spans in
        let inner = spans.map { Self.text($0, family) }.joined(separator: ",")
        let hosts = spans.reduce(0) { $0 + $1.count }
        let text = hosts == 1 ? inner : "[\(inner)]"
        return Word(text: "\(family.before)\(text)\(family.after)", hosts: hosts)
      }
    }
    return (ranges + others.map { Word(text: $0, hosts: 1) }).sorted { $0.text < $1.text }
  }

  private static func spans(of numbers: [Int]) -> [ClosedRange<Int>] {
    var spans: [ClosedRange<Int>] = []
    for number in Set(numbers).sorted() {
      if let last = spans.last, last.upperBound + 1 == number {
        spans[spans.count - 1] = last.lowerBound...number
      } else {
        spans.append(number...number)
      }
    }
    return spans
  }

  /// Parts a list of spans so that none of its parts is longer than a line can hold.
  private static func pieces(
    _ spans: [ClosedRange<Int>], _ family: Family
  ) -> [[ClosedRange<Int>]] {
    let longest = 30
    var pieces: [[ClosedRange<Int>]] = []
    var length = 0
    for span in spans {
      let more = text(span, family).count + 1
      if pieces.isEmpty || length + more > longest {
        pieces.append([])
        length = 0
      }
      pieces[pieces.count - 1].append(span)
      length += more
    }
    return pieces
  }

  private static func text(_ span: ClosedRange<Int>, _ family: Family) -> String {
    span.count == 1
      ? text(span.lowerBound, family)
      : "\(text(span.lowerBound, family))-\(text(span.upperBound, family))"
  }

  private static func text(_ number: Int, _ family: Family) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, family.padding - digits.count)) + digits
  }

  /// As many of the folded names as fit, and the number of hosts that do not.
  ///
  /// - Parameter width: How many characters there are; one name is shown however long it is.
  func line(width: Int) -> String {
    var rest = words.reduce(0) { $0 + $1.hosts }
    var line = ""
    for word in words {
      let left = rest - word.hosts
      let ending = left > 0 ? " and \(left) more" : ""
      let longer = line.isEmpty ? word.text : "\(line) \(word.text)"
      guard line.isEmpty || longer.count + ending.count <= width else { break }
      line = longer
      rest = left
    }
    return rest > 0 ? "\(line) and \(rest) more" : line
  }
}
