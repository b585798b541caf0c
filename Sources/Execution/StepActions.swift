import Engine
import Planning
import VolumeActivation

/// What each step asks of a host: the keys and settings that the plan and the checkpoint name.
struct StepActions: Sendable {
  let plan: Plan
  let keys: RunKeys

  func action(
    of step: Step, on host: PlannedHost, checkpoint: HostState?
  ) throws(RunError) -> LicensingAction {
    switch step {
    case .skms: return .setKMS(KMSSetting(plan.header.kmsHosts[Int(host.kmsHost.rawValue)].address))
    case .ipk:
      guard let key = keys.clientSetupKey(of: host) else {
        throw .noClientSetupKey(host.name, endsWith: host.to)
      }
      return .installKey(key)
    case .ato, .atoMAK: return .activate
    case .ipkMAK:
      guard let mak = host.wayBack.mak else { throw .noCheckpoint(host.name) }
      guard let key = keys.maks[mak] else {
        throw .noMAK(plan.header.maks[Int(mak.rawValue)].endsWith)
      }
      return .installKey(key)
    case .cid:
      guard case .confirmation(_, let installation, let confirmation) = host.wayBack else {
        throw .noCheckpoint(host.name)
      }
      return .deposit(confirmation, for: installation)
    case .rkms:
      guard let checkpoint else { throw .noCheckpoint(host.name) }
      return .setKMS(checkpoint.kmsSetting)
    }
  }
}
