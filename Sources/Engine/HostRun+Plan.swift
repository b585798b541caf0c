package import Planning
import VolumeActivation

extension HostRun {
  /// A planned host before anything was done to it.
  package init(host: PlannedHost, policy: Policy) {
    var way: Way = []
    if policy.stepOrder == .documented { way.insert(.documentedOrder) }
    if host.action == .ask { way.insert(.askOnly) }
    if host.licensed { way.insert(.licensed) }
    switch host.wayBack {
    case .none: break
    case .online: way.insert(.online)
    case .confirmation: way.formUnion([.online, .confirmation])
    }
    self.init(way: way)
  }
}

extension RunState {
  /// The state of a run that has not begun.
  package init(plan: Plan) {
    self.init(
      waves: plan.waves.map { _ in WaveState() },
      kmsHosts: plan.header.kmsHosts.map { _ in KMSKnowledge() },
      purses: plan.header.maks.map { Purse(left: $0.activationsLeft) },
      paths: Engine.paths(of: plan).map { _ in PathState() })
  }
}
