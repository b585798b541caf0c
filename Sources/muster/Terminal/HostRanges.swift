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

  /// The folded names, sorted.
  var folded: [String] {
    let ranges = families.map { family, numbers in
      let spans = Self.spans(of: numbers).map { span in
        span.count == 1
          ? Self.text(span.lowerBound, family)
          : "\(Self.text(span.lowerBound, family))-\(Self.text(span.upperBound, family))"
      }
      let single = Set(numbers).count == 1
      let inner = spans.joined(separator: ",")
      return "\(family.before)\(single ? inner : "[\(inner)]")\(family.after)"
    }
    return (ranges + others).sorted()
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

  private static func text(_ number: Int, _ family: Family) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, family.padding - digits.count)) + digits
  }

  /// The folded names in one line, with the number of those that do not fit.
  func line(limit: Int = 6) -> String {
    let all = folded
    let shown = all.prefix(limit).joined(separator: " ")
    return all.count > limit ? "\(shown) and \(all.count - limit) more" : shown
  }
}
