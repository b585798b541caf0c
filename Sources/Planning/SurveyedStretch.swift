import Dispatch
import Synchronization
import VolumeActivation

/// Neighbouring records of an inventory judged, with a judge of their own.
///
/// Stretches are judged side by side; none begins between records of one name.
struct SurveyedStretch: Sendable {
  private(set) var judge: Judge
  /// By name; a host with several records has one assessment.
  private(set) var hosts: [Assessment] = []
  /// Records that say word for word what another one says.
  private(set) var repeatedRecords = 0

  /// Judges a whole inventory.
  ///
  /// - Parameters:
  ///   - twins: Records whose UUID another host shows too.
  ///   - judge: What each stretch's judge begins as.
  static func all(
    of inventory: Inventory, twins: Set<UInt32>, judge: Judge
  ) -> [SurveyedStretch] {
    let ranges = Self.ranges(of: inventory)
    let stretches = Mutex([SurveyedStretch?](repeating: nil, count: ranges.count))
    DispatchQueue.concurrentPerform(iterations: ranges.count) { place in
      let stretch = SurveyedStretch(ranges[place], of: inventory, twins: twins, judge: judge)
      stretches.withLock { $0[place] = stretch }
    }
    return stretches.withLock { $0.compactMap(\.self) }
  }

  private static func ranges(of inventory: Inventory) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < inventory.hosts.count {
      var end = min(start + 50_000, inventory.hosts.count)
      while end < inventory.hosts.count,
        inventory.sameName(inventory.hosts[end - 1], inventory.hosts[end])
      {
        end += 1
      }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  private init(
    _ records: Range<Int>, of inventory: Inventory, twins: Set<UInt32>, judge: Judge
  ) {
    self.judge = judge
    hosts.reserveCapacity(records.count)
    var first = records.lowerBound
    while first < records.upperBound {
      var end = first + 1
      while end < records.upperBound,
        inventory.sameName(inventory.hosts[first], inventory.hosts[end])
      {
        end += 1
      }
      let fields = end - first == 1 ? [] : Self.differences(inventory, first..<end)
      if fields.isEmpty {
        repeatedRecords += end - first - 1
        hosts.append(self.judge.assess(first, sharesUUID: twins.contains(UInt32(first))))
      } else {
        let text = Reason.conflict(records: end - first, fields: fields)
        hosts.append(
          self.judge.refuse(
            Assessment(record: UInt32(first)), .conflictingRecords, because: text))
      }
      first = end
    }
  }

  /// The columns in which records of one name differ; empty when they say the same.
  private static func differences(_ inventory: Inventory, _ records: Range<Int>) -> [String] {
    let reference = inventory.hosts[records.lowerBound]
    let columns: [(String, (HostRecord) -> Bool)] = [
      ("site", { $0.site != reference.site }),
      ("osCaption", { $0.osCaption != reference.osCaption }),
      ("editionId", { $0.edition != reference.edition }),
      ("ntVersion", { $0.version != reference.version }),
      ("build", { $0.build != reference.build }),
      ("productType", { $0.productType != reference.productType }),
      ("channel", { $0.channel != reference.channel }),
      ("partialProductKey", { $0.partialKey != reference.partialKey }),
      ("licenseStatus", { $0.status != reference.status }),
      ("graceMinutes", { $0.graceMinutes != reference.graceMinutes }),
      ("clientMachineId", { $0.clientMachineID != reference.clientMachineID }),
      ("kmsHost", { $0.kmsHost != reference.kmsHost }),
      ("activationType", { $0.activationType != reference.activationType }),
      ("domain", { $0.domain != reference.domain }), ("uuid", { $0.uuid != reference.uuid }),
      (
        "installationId",
        { inventory.text.compare($0.installationID, reference.installationID) != 0 }
      ),
      (
        "confirmationId",
        { inventory.text.compare($0.confirmationID, reference.confirmationID) != 0 }
      ),
      ("lastSeen", { $0.lastSeen != reference.lastSeen }),
      ("roaming", { $0.roaming != reference.roaming }),
      ("criticality", { $0.criticality != reference.criticality }),
      ("group", { $0.group != reference.group }), ("tags", { $0.tags != reference.tags }),
    ]
    return columns.filter { inventory.hosts[records].contains(where: $0.1) }.map(\.0)
  }
}

extension Judge {
  /// Takes over what the judge of a stretch has found, and appends its hosts with our numbers.
  mutating func adopt(_ stretch: SurveyedStretch, into hosts: inout [Assessment]) {
    let (products, reasons) = adopt(stretch.judge)
    for host in stretch.hosts {
      var host = host
      // Records that conflict were not looked into further, so they have no product.
      if host.verdict != .conflictingRecords || host.place != .leftOut {
        host.product = products[Int(host.product)]
      }
      if host.place == .leftOut { host.reason = reasons[Int(host.reason)] }
      hosts.append(host)
    }
  }
}
