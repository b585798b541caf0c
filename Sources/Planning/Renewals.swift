import VolumeActivation

/// The KMS clients of one KMS host that a plan asks, which is free and comes first.
///
/// They guarantee a count of max(c, min(asked, memory)) and never a sum, since c may hold them
/// already. A client edition goes first: it lifts what the KMS host remembers from 10 to 50.
///
/// Source: PLANNING.md, section 1.6.
struct Renewals {
  /// In the order they are asked: client editions first, then who was seen last, then by name.
  var hosts: [UInt32] = []
  /// How many of them are different machines to a KMS host.
  var distinct = 0
  /// The count that they guarantee, if they answer.
  var count: Int
  /// Whether the KMS host may still forget beyond 10.
  var memoryIsSmall: Bool
  /// How many it remembers once they have asked.
  var memory: Int

  /// Takes every KMS client that is not activated, and as many licensed ones as the KMS host can
  /// remember when its count is short of `threshold`.
  init(_ share: KMSShare, of survey: Survey, count: Int, threshold: Int) {
    let isClient = { (index: UInt32) in survey.hosts[Int(index)].kind == .client }
    memoryIsSmall =
      count <= 2 * ProductKind.server.threshold
      && !(share.firstAsk + share.renewal).contains(where: isClient)
    memory =
      2 * (memoryIsSmall ? ProductKind.server.threshold : ProductKind.client.threshold)
    self.count = count
    hosts = Self.order(share.firstAsk, of: survey)
    if count < threshold {
      let usable = share.renewal.filter { !survey.hosts[Int($0)].traits.contains(.sharesCMID) }
      hosts += Self.order(usable, of: survey).prefix(memory)
    }
    hosts = Self.order(hosts, of: survey)
    distinct = hosts.count { !survey.hosts[Int($0)].traits.contains(.sharesCMID) }
    self.count = max(count, min(distinct, memory))
  }

  /// Clients before servers; of a kind, who was seen last goes first.
  private static func order(_ hosts: [UInt32], of survey: Survey) -> [UInt32] {
    let candidates: [Candidate] = hosts.map { index in
      Candidate(
        index: index, kind: survey.hosts[Int(index)].kind.rawValue,
        lastSeen: survey.record(of: index).lastSeen?.rawValue ?? .min)
    }
    return candidates.sorted().map(\.index)
  }

  /// One KMS client in the order in which it is asked.
  private struct Candidate: Comparable {
    var index: UInt32
    var kind: UInt8
    var lastSeen: Int64

    static func < (left: Candidate, right: Candidate) -> Bool {
      if left.kind != right.kind { return left.kind < right.kind }
      if left.lastSeen != right.lastSeen { return left.lastSeen > right.lastSeen }
      return left.index < right.index
    }
  }
}
