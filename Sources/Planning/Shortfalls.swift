import VolumeActivation

extension Survey {
  /// Why hosts of a KMS host cannot add to a count, a clause each.
  func hindrances(_ share: KMSShare, kinds: Set<ProductKind>) -> [String] {
    var shared = 0
    var remembered = 0
    var roaming = 0
    var grouped = 0
    var unmarked = 0
    var irreversible = 0
    for index in share.migrate {
      let host = hosts[Int(index)]
      guard kinds.contains(host.kind) else { continue }
      if host.traits.contains(.sharesCMID) {
        shared += 1
      } else if host.traits.contains(.isRemembered) {
        remembered += 1
      } else if host.traits.contains(.roaming) {
        roaming += 1
      } else if host.traits.contains(.grouped), !host.traits.contains(.mayMuster) {
        grouped += 1
      } else if host.traits.contains(.irreversible) {
        irreversible += 1
      } else if host.traits.contains(.markerUnknown) {
        unmarked += 1
      }
    }
    var clauses: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { clauses.append(count == 1 ? "1 \(one)" : "\(count) \(many)") }
    }
    add(shared, "host shares a CMID (rearm it)", "hosts share a CMID (rearm them)")
    add(
      remembered, "was counted by an earlier run in the last 30 days",
      "were counted by earlier runs in the last 30 days")
    add(roaming, "is roaming", "are roaming")
    add(
      grouped, "is in a group (groupsMayMuster lets it)",
      "are in groups (groupsMayMuster lets them)")
    add(
      unmarked, "runs Windows 7 with an unknown volume marker",
      "run Windows 7 with an unknown volume marker")
    add(irreversible, "goes only after the threshold", "go only after the threshold")
    return clauses + outOfSight(share, kinds: kinds)
  }

  private func outOfSight(_ share: KMSShare, kinds: Set<ProductKind>) -> [String] {
    var without = 0
    var isolated = 0
    var unreadable = 0
    var byDays: [Int: Int] = [:]
    for index in share.outOfSight {
      let host = hosts[Int(index)]
      guard kinds.contains(host.kind) else { continue }
      if host.verdict == .isolated {
        isolated += 1
      } else if host.verdict == .noWayBack {
        without += 1
      } else if let seen = record(of: index).lastSeen, judge.asOf - seen > .days(30) {
        byDays[Int((judge.asOf - seen).rawValue / Milliseconds.days(1).rawValue), default: 0] += 1
      } else {
        unreadable += 1
      }
    }
    var clauses: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { clauses.append(count == 1 ? "1 \(one)" : "\(count) \(many)") }
    }
    add(without, "has no way back", "have no way back")
    add(isolated, "is isolated", "are isolated")
    add(unreadable, "could not be read", "could not be read")
    if byDays.count <= 3 {
      for (days, count) in byDays.sorted(by: { $0.key < $1.key }) {
        add(count, "was last seen \(days) days ago", "were last seen \(days) days ago")
      }
    } else {
      add(
        byDays.values.reduce(0, +), "was last seen more than 30 days ago",
        "were last seen more than 30 days ago")
    }
    return clauses
  }

  /// What helps those of a kind whose threshold is out of reach.
  func advice(_ share: KMSShare, kind: ProductKind, missing: Int) -> [String] {
    let members: [UInt32] = (share.migrate + share.outOfSight).filter { (index: UInt32) -> Bool in
      hosts[Int(index)].kind == kind
    }
    let suited: Int = members.count { (index: UInt32) -> Bool in
      hosts[Int(index)].traits.contains(.suitsAD)
    }
    let helpers = missing == 1 ? "host that answers" : "hosts that answer"
    let others = members.count - suited
    var advice: [String] = [
      """
      \(missing) more \(helpers) would do: hosts of another KMS host, or new virtual machines
      """
    ]
    if suited > 0 {
      advice.append(
        """
        AD-based activation has no threshold and suits \(suited) of \(members.count): those in a \
        domain, with Windows 8 or later
        """)
    }
    switch others {
    case 0: break
    case 1: advice.append("1 keeps its MAK")
    default: advice.append("\(others) keep their MAK")
    }
    return advice
  }
}
