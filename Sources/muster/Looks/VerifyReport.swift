import Execution
import Planning
import VolumeActivation

/// What a look at every host of a plan shows.
struct VerifyReport: Encodable {
  var format = "muster-verify/1"
  var plan: String
  var kmsHosts: [KMSSight]
  var groups: [Group]

  /// Hosts of which the same is true.
  struct Group: Encodable {
    var finding: Finding
    var hosts: Int
    var names: [String]
  }

  enum Finding: String, CaseIterable, Encodable {
    case licensedByKMS
    case notRenewing
    case onOldKey
    case unlicensed
    case otherKey
    case unreachable
  }

  init(
    plan: Plan, file: String, sights: [Result<HostState, LicensingFailure>], counts: [KMSSight]
  ) {
    self.plan = file
    kmsHosts = counts
    var names: [Finding: [String]] = [:]
    for (host, sight) in zip(plan.hosts, sights) {
      names[Self.finding(host, sight), default: []].append(host.name.rawValue)
    }
    groups = Finding.allCases.compactMap { finding in
      names[finding].map {
        Group(finding: finding, hosts: $0.count, names: HostRanges($0).folded)
      }
    }
  }

  /// A KMS licence lasts 180 days and is asked for anew every 7: with less left than 172 days the
  /// last request went unanswered.
  private static let leastMinutes = 172 * 24 * 60

  private static func finding(
    _ host: PlannedHost, _ sight: Result<HostState, LicensingFailure>
  ) -> Finding {
    guard case .success(let state) = sight else { return .unreachable }
    guard state.partialKey == host.to else {
      guard state.partialKey == host.from else { return .otherKey }
      return state.status == .licensed || !host.licensed ? .onOldKey : .unlicensed
    }
    guard state.status == .licensed else { return .unlicensed }
    return state.graceMinutes < leastMinutes ? .notRenewing : .licensedByKMS
  }

  /// Whether a host or a count needs a person.
  var needsAttention: Bool {
    kmsHosts.contains { !$0.holds }
      || groups.contains { group in
        switch group.finding {
        case .licensedByKMS, .onOldKey: false
        case .notRenewing, .unlicensed, .otherKey, .unreachable: true
        }
      }
  }

  func text(_ style: Style) -> String {
    var table = Table(.number("hosts"), .text("finding"))
    for group in groups {
      let more = group.names.count > 8 ? " and \(group.names.count - 8) more" : ""
      table.add("\(group.hosts)", group.finding.words)
      table.addDetail(group.names.prefix(8).joined(separator: " ") + more)
    }
    var counts = Table(.text("KMS host"), .number("count"), .number("threshold"), .text(""))
    for host in kmsHosts {
      counts.add(
        host.address.description, host.count.map(String.init) ?? "unknown", "\(host.threshold)",
        host.holds ? "holds" : "below the threshold: nobody can be activated or renewed")
    }
    return table.rendered(style) + "\n\n" + counts.rendered(style)
  }
}

extension VerifyReport.Finding {
  var words: String {
    switch self {
    case .licensedByKMS: "licensed by KMS"
    case .notRenewing: "licensed by KMS, not renewed for 8 days"
    case .onOldKey: "on the key it was planned with"
    case .unlicensed: "not licensed"
    case .otherKey: "has somebody else's key"
    case .unreachable: "could not be read"
    }
  }
}
