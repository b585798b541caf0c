import Planning
import VolumeActivation

extension Plan {
  /// One KMS host, a muster wave and one rollout wave: a tenth servers, the rest clients.
  static func measured(
    hosts count: Int, muster: Int = 40, configure: (inout Policy) -> Void = { _ in }
  )
    throws -> Plan
  {
    let hosts = try (0..<count).map { try PlannedHost.measured($0, musters: $0 < muster) }
    var policy = Policy()
    configure(&policy)
    let kmsHost = PlannedKMSHost(
      address: KMSAddress(name: try known(HostName("kms01.contoso.com"))),
      hostKey: "Windows Server 2022", count: 0, countSource: .declared, projections: [],
      peakExposed: 24)
    let header = PlanHeader(
      draft: false, asOf: Timestamp(rawValue: 1_764_000_000_000),
      inventory: PlanDigest(rawValue: ""), policy: policy, kmsHosts: [kmsHost],
      maks: [
        PlannedMAK(
          endsWith: try known(PartialProductKey("B7B7B")), activationsLeft: count, hosts: count,
          peak: 24)
      ], entitlements: [], warnings: [])
    let first = Wave(
      number: 1, kind: .muster, kmsHost: KMSHostID(rawValue: 0), hosts: min(muster, count),
      peakExposed: 24, needsApproval: false, sites: ["hq"])
    let rest = Wave(
      number: 2, kind: .rollout, kmsHost: KMSHostID(rawValue: 0), hosts: max(0, count - muster),
      peakExposed: 0, needsApproval: false, sites: ["hq"])
    return Plan(
      header: header, waves: count > muster ? [first, rest] : [first], hosts: hosts, leftOut: [],
      digest: PlanDigest(rawValue: "measured-\(count)"))
  }
}

extension PlannedHost {
  fileprivate static func measured(_ number: Int, musters: Bool) throws -> PlannedHost {
    let isServer = number % 10 == 0
    return PlannedHost(
      name: try known(HostName("pc\(number).contoso.com")), action: .migrate,
      wave: WaveID(rawValue: musters ? 0 : 1), kmsHost: KMSHostID(rawValue: 0), site: "hq",
      kind: isServer ? .server : .client,
      product: isServer ? "Windows Server 2022" : "Windows 10",
      edition: EditionID(rawValue: isServer ? "ServerStandard" : "Enterprise"),
      version: NTVersion(10, 0), build: isServer ? 20348 : 19045,
      from: PartialProductKey("B7B7B"),
      to: try known(PartialProductKey(isServer ? "VMK7H" : "2YT43")), licensed: true,
      clientMachineID: ClientMachineID(high: 7, low: UInt64(number + 1)), raisesCount: true,
      wayBack: .online(MAKID(rawValue: 0)), weight: isServer ? 2 : 1, group: nil, exposed: musters)
  }
}

/// A value that is written here and can only be missing when its type's rules changed.
func known<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Child.Failure(description: "a measured value is not accepted") }
  return value
}
