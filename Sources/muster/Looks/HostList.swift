import Planning
import VolumeActivation

/// The hosts that a person wants scanned, with their sites.
struct HostList {
  private(set) var hosts: [Entry] = []

  /// One host of the list; each name stands there once.
  struct Entry: Hashable {
    var name: HostName
    /// As the person wrote it; empty when nobody said.
    var site: String
  }

  init(_ bytes: [UInt8], file: String) throws {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var known: [HostName: (line: Int, site: String)] = [:]
    for (number, line) in lines.enumerated() {
      let place = InputError.Place(file: file, line: number + 1)
      guard let entry = try Self.entry(line, place) else { continue }
      guard let twin = known[entry.name] else {
        known[entry.name] = (number + 1, entry.site)
        hosts.append(entry)
        continue
      }
      guard twin.site == entry.site else {
        throw InputError(
          .input, at: place, "\(entry.name) stands in line \(twin.line) with another site",
          remedy: "Keep one of the two")
      }
    }
    guard !hosts.isEmpty else {
      throw InputError(
        .input, at: InputError.Place(file: file), "it names no host",
        remedy: "Write one host a line")
    }
  }

  private static func entry(_ line: Substring, _ place: InputError.Place) throws -> Entry? {
    let parts = line.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      .map(trimmed)
    let first = parts[0]
    guard !line.allSatisfy(\.isWhitespace), !first.hasPrefix("#") else { return nil }
    guard !first.contains("/") else {
      throw InputError(
        .input, at: place, "\(InputQuote(first)) is a range of addresses, and a host has a name",
        remedy: "Write the names of its hosts, one a line: who they are is proved by name")
    }
    guard let name = HostName(first) else {
      throw InputError(
        .input, at: place, "\(InputQuote(first)) is not a host name",
        remedy: "Write one host a line, and its site behind a comma")
    }
    return Entry(name: name, site: parts.count == 2 ? parts[1] : "")
  }

  private static func trimmed(_ text: Substring) -> String {
    let body = text.drop(while: \.isWhitespace)
    guard let last = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(body[...last])
  }
}
