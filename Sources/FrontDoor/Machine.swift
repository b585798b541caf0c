import SimulatedFleet
import VolumeActivation

/// One machine at one instant: what all classes of its WMI tell of.
struct Machine: Sendable {
  var state: HostState
  /// What it runs, such as `Windows 10 Enterprise`.
  var product: String
  /// What it shows as a KMS host; nil for one that is none.
  var kmsHost: KMSHostState?

  init(_ state: HostState, product: String, kmsHost: KMSHostState?) {
    self.state = state
    self.product = product
    self.kmsHost = kmsHost
  }

  var generation: WindowsGeneration { WindowsGeneration(state.version) }

  /// `SoftwareLicensingService.Version`, which is its key.
  var serviceVersion: String { "\(state.version).\(state.build).1" }

  /// The name without its domain, and the domain; nil in a workgroup.
  var computerName: (label: Substring, domain: Substring?) {
    let parts = state.computerName.rawValue.split(separator: ".", maxSplits: 1)
    return (parts.first ?? "", parts.count > 1 ? parts[1] : nil)
  }
}

extension Machine {
  /// A KMS host that no inventory lists, with what Windows is usually like.
  init(_ host: KMSHostState) {
    let seed = Dice.hash(host.computerName.rawValue)
    func identifier(_ number: UInt64) -> ClientMachineID {
      ClientMachineID(high: Dice.mix(seed ^ number), low: Dice.mix(seed ^ (number + 1)))
    }
    let hostKey = host.hostKey.flatMap { HostKey(name: $0) }
    let kind = hostKey?.kind ?? .server
    let state = HostState(
      computerName: host.computerName, uuid: identifier(1).description, clock: host.clock,
      bootedAt: host.bootedAt, kind: kind,
      edition: kind == .server ? "ServerStandard" : "Enterprise", version: host.version,
      build: host.build, channel: .kmsHost, partialKey: PartialProductKey("KKKKK"),
      status: host.isLicensed ? .licensed : .notification, graceMinutes: 0,
      installationID: InstallationID(rawValue: String(Dice.mix(seed ^ 5))),
      clientMachineID: identifier(3))
    self.init(state, product: host.hostKey ?? "Windows Server", kmsHost: host)
  }
}
