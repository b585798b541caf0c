import VolumeActivation

/// The rest of a KMS host's hosts, cut into growing waves that keep sites and rings together.
struct Rollout {
  /// In the order they are begun.
  var hosts: [UInt32]
  /// The hosts of each wave, as ranges of `hosts`; none is empty.
  var waves: [Range<Int>] = []

  /// Where a host stands: those without a way back last, then by ring, site and weight.
  private struct Place: Comparable {
    var major: UInt64
    var index: UInt32

    static func < (left: Place, right: Place) -> Bool {
      left.major == right.major ? left.index < right.index : left.major < right.major
    }
  }

  init(_ rest: [UInt32], of survey: Survey, rings: [UInt16]) {
    var places = rest.map { index in
      let host = survey.hosts[Int(index)]
      let record = survey.record(of: index)
      var major: UInt64 = host.traits.contains(.irreversible) ? 1 : 0
      major = major << 15 | UInt64(min(rings[Int(record.tags.rawValue)], 0x7FFF))
      major = major << 32 | UInt64(record.site.rawValue)
      major = major << 16 | UInt64(host.weight)
      return Place(major: major, index: index)
    }
    places.sort()
    hosts = places.map(\.index)
    cut(places.map { $0.major >> 16 }, survey.judge.terms.policy.waves)
  }

  /// A wave may be a quarter larger or smaller than it should be, if that keeps a ring or a site together.
  private mutating func cut(_ units: [UInt64], _ sizes: [WaveSize]) {
    var start = 0
    for size in sizes where start < hosts.count {
      let wanted =
        switch size {
        case .percent(let share):
          max(1, Int((Double(hosts.count) * share / 100).rounded(.up)))
        case .hosts(let count): max(1, count)
        case .rest: hosts.count - start
        }
      let end = Self.boundary(near: start + wanted, after: start, slack: wanted / 4, in: units)
      waves.append(start..<end)
      start = end
    }
    if start < hosts.count { waves.append(start..<hosts.count) }
  }

  /// The end of a ring nearest to `target`, within `slack`; else that of a site, else `target`.
  private static func boundary(
    near target: Int, after start: Int, slack: Int, in units: [UInt64]
  ) -> Int {
    guard target < units.count else { return units.count }
    for ringBits in [UInt64(32), 0] {
      for distance in 0...slack {
        for end in [target - distance, target + distance]
        where end > start && end < units.count
          && units[end - 1] >> ringBits != units[end] >> ringBits
        {
          return end
        }
      }
    }
    return target
  }

  /// The rank of each list of tags' ring, by symbol: rings by their text, no ring last.
  static func rings(_ inventory: Inventory) -> [UInt16] {
    let names = [""] + inventory.tags.entries.map { HostTags.ring(in: $0.value) }
    let sorted = Set(names).subtracting([""]).sorted()
    let ranks = Dictionary(
      uniqueKeysWithValues: sorted.enumerated().map { ($1, UInt16(clamping: $0)) })
    return names.map { ranks[$0] ?? 0x7FFF }
  }
}
