import Execution
import Planning
import VolumeActivation

/// What a look at every host of a plan shows.
struct VerifyReport: Encodable {
  var format = "muster-verify/1"
  var plan: String
  var kmsHosts: [KMSSight]
  var groups: [Group]
  var hosts: [Host]

  /// Hosts of which the same is true.
  struct Group: Encodable {
    var finding: Finding
    var hosts: Int
    var names: [String]
    /// The least that any of them has left before its licence ends; nil where none will.
    var leastMinutesLeft: Int?
  }

  /// One host, as it was seen.
  struct Host: Encodable {
    var name: HostName
    var finding: Finding
    /// Before its KMS licence, or the grace without one, ends; nil when nothing does.
    var minutesLeft: Int?
    /// The KMS host that it is set to ask; nil where DNS decides.
    var kmsHost: KMSAddress?
    /// Why it could not be read.
    var error: String?

    init(_ host: PlannedHost, _ kmsHost: KMSAddress, _ sight: Sweep.Sight) {
      name = host.name
      finding = Finding(host, kmsHost, sight)
      switch sight {
      case .success(let state):
        minutesLeft = state.graceMinutes > 0 ? state.graceMinutes : nil
        self.kmsHost = state.kmsAddress
      case .failure(let failure): error = failure.words
      }
    }
  }

  /// - Parameters:
  ///   - sights: One for each host of the plan, in its order.
  ///   - counts: One for each KMS host of the plan; nil where it could not be read.
  init(plan: Plan, file: String, sights: [Sweep.Sight], counts: [Int?]) {
    self.plan = file
    hosts = zip(plan.hosts, sights).map { host, sight in
      Host(host, plan.header.kmsHosts[Int(host.kmsHost.rawValue)].address, sight)
    }
    let findings = hosts.map(\.finding)
    kmsHosts = counts.enumerated().map { place, count in
      KMSSight(
        KMSHostID(rawValue: UInt16(place)), of: plan, findings: findings, count: count)
    }
    let found = Dictionary(grouping: hosts, by: \.finding)
    groups = Finding.allCases.compactMap { finding in
      found[finding].map { hosts in
        Group(
          finding: finding, hosts: hosts.count,
          names: HostRanges(hosts.map(\.name.rawValue)).folded,
          leastMinutesLeft: hosts.compactMap(\.minutesLeft).min())
      }
    }
  }

  /// Whether a host or a count needs a person.
  var needsAttention: Bool {
    kmsHosts.contains { !$0.holds } || groups.contains(where: \.finding.needsAttention)
  }

  func text(_ style: Style) -> String {
    var table = Table(.number("hosts"), .text("least left"), .text("finding"))
    for group in groups {
      let more = group.names.count > 8 ? " and \(group.names.count - 8) more" : ""
      let left = group.leastMinutesLeft.map { duration(.minutes(Int64($0))) }
      table.add("\(group.hosts)", left ?? "", group.finding.words)
      table.addDetail(group.names.prefix(8).joined(separator: " ") + more)
    }
    var counts = Table(
      .text("KMS host"), .number("count"), .number("threshold"), .number("of this\nplan stay"),
      .text(""))
    for host in kmsHosts {
      counts.add(
        host.address.description, host.count.map(String.init) ?? "unknown", "\(host.threshold)",
        "\(host.staying)", host.words)
    }
    return table.rendered(style) + "\n\n" + counts.rendered(style)
  }
}

extension KMSSight {
  fileprivate var words: String {
    guard holds else { return "below the threshold: nobody can be activated or renewed" }
    return staying < threshold ? "holds while others ask too" : "holds"
  }
}
