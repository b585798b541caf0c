/// The sites that a KMS host serves: a name, or a pattern in which `*` stands for any characters.
///
/// Case does not matter. An exact name is a better fit than a pattern.
package struct SitePattern: Hashable, Sendable {
  /// As it was written, case-folded.
  package let rawValue: String

  package init(_ text: some StringProtocol) {
    rawValue = text.lowercased()
  }

  /// Whether it names one site and nothing else.
  package var isExact: Bool { !rawValue.utf8.contains(UInt8(ascii: "*")) }

  /// Whether `site` is one of those it stands for.
  package func matches(_ site: some StringProtocol) -> Bool {
    let name = Array(site.lowercased().utf8)
    let pattern = Array(rawValue.utf8)
    var (at, next) = (0, 0)
    // Where the last star stood, and how much of the name it has swallowed so far.
    var star: (pattern: Int, name: Int)?
    while at < name.count {
      if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
        star = (next, at)
        next += 1
      } else if next < pattern.count, pattern[next] == name[at] {
        next += 1
        at += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        next = last.pattern + 1
        at = last.name + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

extension SitePattern: CustomStringConvertible {
  package var description: String { rawValue }
}
