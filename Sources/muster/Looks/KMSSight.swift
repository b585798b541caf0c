import Execution
import Planning
import VolumeActivation

/// A KMS host's count as it is now, and what it needs for those who stay with it.
struct KMSSight: Encodable {
  var address: KMSAddress
  /// nil when it could not be read.
  var count: Int?
  /// The greatest threshold of the plan's hosts that stay with it.
  var threshold: Int
  /// How many hosts of the plan stay with it: so many it will count whatever the others do.
  var staying: Int

  var holds: Bool { (count ?? 0) >= threshold }

  /// - Parameter findings: One for each host of the plan, in its order.
  init(_ host: KMSHostID, of plan: Plan, findings: [Finding], count: Int?) {
    let stay = zip(plan.hosts, findings).filter { $0.kmsHost == host && $1.staysCounted }
    address = plan.header.kmsHosts[Int(host.rawValue)].address
    self.count = count
    threshold = stay.map { $0.0.kind.threshold }.max() ?? 0
    staying = stay.count
  }
}
