import FoundationEssentials

/// A value as JSON with its keys in order, so that equal values are equal texts.
package func jsonText(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do {
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  } catch {
    preconditionFailure("a value of ours cannot be encoded: \(error)")
  }
}
