import Planning
import VolumeActivation
import Yams

/// A value of a YAML document with its place, read with messages that a person can act on.
struct YAMLValue {
  let node: Node
  let file: String
  /// The way to it, such as `policy.soak`.
  let path: String

  /// Where it stands.
  var place: InputError.Place {
    InputError.Place(file: file, line: node.mark?.line, column: node.mark?.column)
  }

  func error(_ problem: String, remedy: String) -> InputError {
    InputError(.input, at: place, problem, remedy: remedy)
  }

  /// A value that cannot be read as what belongs there.
  func mismatch(_ expected: String) -> InputError {
    error("\(path) is \(found), not \(expected)", remedy: "Write \(expected)")
  }

  private var found: String {
    switch node {
    case .scalar(let scalar): "\(InputQuote(scalar.string))"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  var isNull: Bool { node.null != nil }

  /// A text, which is never a product key: what stands there would be shown and written down.
  func text() throws(InputError) -> String {
    guard case .scalar(let scalar) = node else { throw mismatch("a text") }
    guard !ProductKey.stands(in: scalar.string) else {
      throw error(
        "\(path) holds a product key",
        remedy: "Take it out; a MAK is named by its last five characters and where it is stored")
    }
    return scalar.string
  }

  /// A whole number in a range.
  func number(_ range: ClosedRange<Int>) throws(InputError) -> Int {
    let text = try text()
    guard let number = Int(text), range.contains(number) else {
      let expected =
        range.upperBound == .max
        ? "a whole number from \(range.lowerBound) on"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      throw mismatch(expected)
    }
    return number
  }

  /// The elements of a list; one value alone is a list of one, and none is an empty list.
  func list() throws(InputError) -> [YAMLValue] {
    if isNull { return [] }
    return switch node {
    case .sequence(let sequence):
      sequence.enumerated().map {
        YAMLValue(node: $1, file: file, path: "\(path)[\($0 + 1)]")
      }
    case .scalar: [self]
    case .mapping, .alias: throw mismatch("a list")
    }
  }

  /// The values of a mapping by their keys, in the order of the file; each key is one of `known`.
  func entries(_ known: [String]) throws(InputError) -> [(key: String, value: YAMLValue)] {
    guard case .mapping(let mapping) = node else { throw mismatch("a mapping") }
    var entries: [(String, YAMLValue)] = []
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard known.contains(name) else {
        let at = YAMLValue(node: key, file: file, path: path)
        throw at.error(
          "unknown key \(InputQuote(name))\(path.isEmpty ? "" : " in \(path)")",
          remedy: suggestion(for: name, among: known))
      }
      guard !entries.contains(where: { $0.0 == name }) else {
        throw YAMLValue(node: key, file: file, path: path).error(
          "\(name) stands here twice", remedy: "Keep one of them")
      }
      let inner = path.isEmpty ? name : "\(path).\(name)"
      entries.append((name, YAMLValue(node: value, file: file, path: inner)))
    }
    return entries
  }

  private func suggestion(for name: String, among known: [String]) -> String {
    let list = "known here: \(known.joined(separator: ", "))"
    return Spelling(name).nearest(among: known).map { "Write \($0) if that is meant; \(list)" }
      ?? "Remove or correct it; \(list)"
  }
}
