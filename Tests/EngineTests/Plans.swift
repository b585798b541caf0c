import Planning
import VolumeActivation

/// Plans for tests, written down as they would be planned.
struct PlanSketch {
  var servers = 0
  var clients = 30
  var rollout = 0
  var rolloutServers = 0
  var renewals = 0
  var sites = 1
  /// KMS hosts, each with hosts and waves of its own as above.
  var kmsHosts = 1
  var activations = 100
  /// Whether each host has a stored confirmation ID as well.
  var confirmation = false
  /// The group of each host; nil is none.
  var group: (Int) -> String? = { _ in nil }
  var weight: (Int, ProductKind) -> Int = { _, kind in kind == .client ? 2 : 1 }
  var policy = Policy()

  var plan: Plan {
    var hosts: [PlannedHost] = []
    var waves: [Wave] = []
    func add(
      _ kind: WaveKind, _ kinds: [ProductKind], of kmsHost: KMSHostID,
      action: PlannedAction = .migrate
    ) {
      guard !kinds.isEmpty else { return }
      let number = waves.count
      for kind in kinds {
        hosts.append(
          host(hosts.count, kind, WaveID(rawValue: UInt16(number)), kmsHost, action))
      }
      waves.append(
        Wave(
          number: number + 1, kind: kind, kmsHost: kmsHost, hosts: kinds.count,
          peakExposed: kind == .muster ? min(24, kinds.count) : 0,
          needsApproval: policy.approve.contains(number + 1), sites: []))
    }
    for number in 0..<kmsHosts {
      let kmsHost = KMSHostID(rawValue: UInt16(number))
      add(.renewal, Array(repeating: .client, count: renewals), of: kmsHost, action: .ask)
      add(
        .muster,
        Array(repeating: .server, count: servers) + Array(repeating: .client, count: clients),
        of: kmsHost)
      add(
        .rollout,
        Array(repeating: .server, count: rolloutServers)
          + Array(repeating: .client, count: rollout),
        of: kmsHost)
    }
    return Plan(
      header: PlanHeader(
        draft: false, asOf: Timestamp(rawValue: 0), inventory: PlanDigest(rawValue: ""),
        policy: policy,
        kmsHosts: (0..<kmsHosts).map { number in
          PlannedKMSHost(
            address: KMSAddress(name: name("kms\(number)")), hostKey: nil, count: 0,
            countSource: .assumed, projections: [], peakExposed: 24)
        },
        maks: [
          PlannedMAK(
            endsWith: partial("B7B7B"), activationsLeft: activations, hosts: hosts.count, peak: 24)
        ], entitlements: [], warnings: []),
      waves: waves, hosts: hosts, leftOut: [], digest: PlanDigest(rawValue: ""))
  }

  private func host(
    _ index: Int, _ kind: ProductKind, _ wave: WaveID, _ kmsHost: KMSHostID,
    _ action: PlannedAction
  ) -> PlannedHost {
    let mak = MAKID(rawValue: 0)
    let back: WayBack =
      confirmation
      ? .confirmation(
        mak, InstallationID(rawValue: "1\(index)"), ConfirmationID(rawValue: "2\(index)"))
      : .online(mak)
    return PlannedHost(
      name: name("host\(index)"), action: action, wave: wave, kmsHost: kmsHost,
      site: "site\(index % sites)", kind: kind,
      product: kind == .client ? "Windows 10" : "Windows Server 2022",
      edition: EditionID(rawValue: "Enterprise"), version: NTVersion(10, 0), build: 19045,
      from: partial("B7B7B"), to: partial("2YT43"), licensed: true, clientMachineID: nil,
      raisesCount: action == .migrate,
      wayBack: action == .ask ? .none : back, weight: weight(index, kind), group: group(index),
      exposed: true)
  }

  private func name(_ text: String) -> HostName {
    guard let name = HostName(text) else { preconditionFailure(text) }
    return name
  }

  private func partial(_ text: String) -> PartialProductKey {
    guard let key = PartialProductKey(text) else { preconditionFailure(text) }
    return key
  }
}
