import Planning
import VolumeActivation

/// The hosts that a person wants scanned, with their sites.
struct HostList {
  var hosts: [(name: HostName, site: String)] = []

  init(_ bytes: [UInt8], file: String) throws {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      let parts = line.split(separator: ",", maxSplits: 1).map(Self.trimmed)
      guard let first = parts.first, !first.isEmpty, !first.hasPrefix("#") else { continue }
      guard let name = HostName(first) else {
        throw InputError(
          .input, at: InputError.Place(file: file, line: number + 1),
          "“\(first.prefix(60))” is not a host name",
          remedy: "Write one host a line, and its site behind a comma")
      }
      hosts.append((name, parts.count == 2 ? parts[1] : ""))
    }
    guard !hosts.isEmpty else {
      throw InputError(
        .input, at: InputError.Place(file: file), "it names no host",
        remedy: "Write one host a line")
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let body = text.drop(while: \.isWhitespace)
    guard let last = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(body[...last])
  }
}
