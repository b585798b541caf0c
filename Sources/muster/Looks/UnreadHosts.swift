import VolumeActivation

/// Hosts that could not be read, by the reason.
struct UnreadHosts {
  private var names: [String: [String]] = [:]
  private(set) var count = 0

  mutating func add(_ host: HostName, _ why: String) {
    count += 1
    // What differs by the host's name alone is one reason.
    names[why.replacing(host.rawValue, with: "the host"), default: []].append(host.rawValue)
  }

  /// A line or two for each of the commonest reasons.
  var lines: [String] {
    let sorted = names.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    var lines = sorted.prefix(Self.limit).flatMap { why, hosts in
      let names = HostRanges(hosts).line(width: Paragraph.width)
      return Paragraph("\(names): \(why)", hanging: 2).lines
    }
    if sorted.count > Self.limit {
      lines.append("and \(counted(sorted.count - Self.limit, "more reason"))")
    }
    return lines
  }

  private static let limit = 10
}
