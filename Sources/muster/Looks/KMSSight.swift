import Execution
import Planning
import VolumeActivation

/// A KMS host's count as it is now.
struct KMSSight: Encodable {
  var address: KMSAddress
  /// nil when it could not be read.
  var count: Int?
  /// The greatest threshold in play.
  var threshold: Int

  var holds: Bool { (count ?? 0) >= threshold }

  static func read(_ host: PlannedKMSHost, with client: any LicensingClient) async -> KMSSight {
    let state = try? await client.readKMSHost(host.address)
    return KMSSight(
      address: host.address, count: state?.count,
      threshold: host.projections.map(\.threshold).max() ?? 0)
  }
}
