import VolumeActivation

/// A whole inventory judged: one assessment for each host, in canonical order.
struct Survey {
  var judge: Judge
  /// By name; a host with several records has one assessment.
  var hosts: [Assessment] = []
  /// Records that say word for word what another one says.
  private(set) var repeatedRecords = 0
  /// Per KMS host, who is whose; see `KMSShare`.
  var shares: [KMSShare]

  init(_ inventory: Inventory, _ terms: PlanningTerms, asOf: Timestamp) {
    judge = Judge(inventory, terms, asOf: asOf)
    shares = Array(repeating: KMSShare(), count: terms.kmsHosts.count)
    hosts.reserveCapacity(inventory.hosts.count)
    for stretch in SurveyedStretch.all(of: inventory, twins: Self.twins(inventory), judge: judge) {
      repeatedRecords += stretch.repeatedRecords
      judge.adopt(stretch, into: &hosts)
    }
    share()
  }

  /// Records whose UUID another host shows too.
  private static func twins(_ inventory: Inventory) -> Set<UInt32> {
    var holders = FirstHolders(capacity: inventory.hosts.count)
    var twins: Set<UInt32> = []
    inventory.hosts.withUnsafeBufferPointer { hosts in
      for (index, host) in hosts.enumerated() {
        guard let uuid = host.uuid,
          let first = holders.first(
            uuid, holder: UInt32(index), ids: { hosts[Int($0)].uuid }),
          !inventory.sameName(host, hosts[Int(first)])
        else { continue }
        twins.insert(first)
        twins.insert(UInt32(index))
      }
    }
    return twins
  }
}

/// The hosts of one KMS host, as indices of `Survey.hosts`, each list by name.
struct KMSShare {
  var migrate: [UInt32] = []
  var firstAsk: [UInt32] = []
  var renewal: [UInt32] = []
  /// Isolated, without a way back or unreachable: not to be had for its count.
  var outOfSight: [UInt32] = []
}

extension Survey {
  /// Sorts the hosts under their KMS hosts, and finds those that would not raise a count.
  private mutating func share() {
    for (index, host) in hosts.enumerated() where host.kmsHost != Assessment.nobody {
      let kmsHost = Int(host.kmsHost)
      switch host.place {
      case .migrate: shares[kmsHost].migrate.append(UInt32(index))
      case .firstAsk: shares[kmsHost].firstAsk.append(UInt32(index))
      case .renewal: shares[kmsHost].renewal.append(UInt32(index))
      case .leftOut:
        switch host.verdict {
        case .isolated, .noWayBack, .unreachable:
          shares[kmsHost].outOfSight.append(UInt32(index))
        case .conflictingRecords, .sharedIdentity, .kmsHost, .azureMachine, .azureEdition,
          .multiSession, .avmaGuest, .subscription, .adActivated, .evaluation, .retail, .oem,
          .nonPersistent, .noPublishedKey, .noKMSClientLicense, .notCovered, .noVolumeMarker,
          .noKMSHost, .ambiguousKMSHost, .renewsElsewhere, .alreadyKMSClient, .cannotReachKMS,
          .thresholdOutOfReach:
          break
        }
      }
    }
    for share in shares { findSharedCMIDs(of: share) }
  }

  /// A count is one of distinct CMIDs: of those that share one, a KMS client goes first, then who
  /// may muster, then the others; only the first raises the count.
  private mutating func findSharedCMIDs(of share: KMSShare) {
    var holders = FirstHolders(
      capacity: share.migrate.count + share.firstAsk.count + share.renewal.count)
    let judge = judge
    let records = judge.inventory.hosts
    hosts.withUnsafeMutableBufferPointer { hosts in
      func isSecond(_ index: UInt32) -> Bool {
        guard let id = records[Int(hosts[Int(index)].record)].clientMachineID else {
          return false
        }
        return holders.first(
          id, holder: index, ids: { records[Int(hosts[Int($0)].record)].clientMachineID })
          != nil
      }
      for index in share.renewal + share.firstAsk where isSecond(index) {
        hosts[Int(index)].traits.insert(.sharesCMID)
      }
      for musters in [true, false] {
        for index in share.migrate
        where hosts[Int(index)].traits.contains(.mayMuster) == musters
          && hosts[Int(index)].traits.isDisjoint(with: [.sharesCMID, .isRemembered])
        {
          if isSecond(index) {
            hosts[Int(index)].traits.insert(.sharesCMID)
            hosts[Int(index)].traits.remove(.mayMuster)
          } else if judge.remembers(hosts[Int(index)]) {
            hosts[Int(index)].traits.insert(.isRemembered)
            hosts[Int(index)].traits.remove(.mayMuster)
          } else {
            hosts[Int(index)].traits.insert(.raisesCount)
          }
        }
      }
    }
  }
}

extension Survey {
  func record(of index: UInt32) -> HostRecord {
    judge.inventory.hosts[Int(hosts[Int(index)].record)]
  }

  func chance(of index: UInt32) -> Double {
    hostChance(lastSeen: record(of: index).lastSeen, asOf: judge.asOf)
  }
}

extension Judge {
  /// Whether a KMS host counted it in the last 30 days: its request would raise nothing.
  fileprivate func remembers(_ host: Assessment) -> Bool {
    guard !terms.counted.isEmpty else { return false }
    let record = inventory.hosts[Int(host.record)]
    guard let at = terms.counted[inventory.name(of: record)] else { return false }
    return asOf - at < .days(30)
  }
}
