package import Engine
package import Planning
import VolumeActivation

/// Performs a run: a thin shell over the engine's value, which alone decides.
///
/// Whatever happens is folded, the engine is asked what follows, both are committed together, and
/// only then is anything sent. What has come in while a commit was under way shares the next one.
package struct Executor: Sendable {
  package let plan: Plan
  package let ports: RunPorts
  package let options: RunOptions

  /// Throws when a key that the plan may need is missing.
  package init(
    plan: Plan, ports: RunPorts, options: RunOptions = RunOptions()
  ) throws(RunError) {
    for host in plan.hosts {
      switch host.action {
      case .ask: break
      case .migrate:
        guard ports.keys.clientSetupKey(of: host) != nil else {
          throw .noClientSetupKey(host.name, endsWith: host.to)
        }
      }
      if let mak = host.wayBack.mak, ports.keys.maks[mak] == nil {
        throw .noMAK(plan.header.maks[Int(mak.rawValue)].endsWith)
      }
    }
    if let window = plan.header.policy.window, WindowSchedule(window) == nil {
      throw .unknownTimeZone(window.timeZone)
    }
    self.plan = plan
    self.ports = ports
    self.options = options
  }

  /// Takes the run up from its journal and drives it until it ends, holds or is asked to stop.
  ///
  /// - Parameter commands: What a person asks of it before anything else.
  package func run(_ commands: [Command] = []) async throws -> RunReport {
    let contents = try await ports.journal.load()
    let engine = Engine(restoring: plan, hosts: contents.hosts, run: contents.run)
    try await ports.estate?.claim(claim(engine.hosts), at: ports.clock.now())
    var shell = Shell(
      engine: engine, ports: ports, options: options, answered: contents.answered)
    do {
      let report = try await drive(&shell, epoch: contents.epoch, commands)
      try await ports.estate?.note(purses(report.hosts), of: plan.digest, at: ports.clock.now())
      try await ports.estate?.note(counted: counted(report.hosts), at: ports.clock.now())
      try await ports.estate?.release(
        plan.digest, keeping: report.ending == .finished ? [] : begun(report.hosts))
      await ports.journal.close(JournalEnding(report.ending))
      return report
    } catch {
      await ports.journal.close(.failed)
      throw error
    }
  }

  private func drive(
    _ shell: inout Shell, epoch: UInt32, _ commands: [Command]
  ) async throws -> RunReport {
    try await withThrowingTaskGroup(of: Arrival.self) { group in
      shell.watch(in: &group)
      shell.begin(epoch: epoch, commands)
      shell.proceed(in: &group)
      while shell.ending == nil, let arrival = try await group.next() {
        try shell.receive(arrival)
        shell.proceed(in: &group)
      }
      group.cancelAll()
      while let arrival = try await group.next() { try shell.receive(arrival) }
      try await shell.writeRest()
      return shell.report
    }
  }

  private func claim(_ hosts: [HostRun]) -> EstateClaim {
    EstateClaim(
      planFile: options.planFile, plan: plan.digest, asOf: plan.header.asOf,
      hosts: plan.hosts.map(\.name), purses: purses(hosts))
  }

  /// What the plan holds of each MAK, for its peak and the spares, and has spent.
  private func purses(_ hosts: [HostRun]) -> [EstateClaim.Purse] {
    var spent = [Int](repeating: 0, count: plan.header.maks.count)
    for (planned, host) in zip(plan.hosts, hosts) {
      if let mak = planned.wayBack.mak { spent[Int(mak.rawValue)] += Int(host.spent) }
    }
    return plan.purses(spent: spent)
  }

  /// The hosts whose requests have reached their KMS host in this run.
  private func counted(_ hosts: [HostRun]) -> [HostName] {
    zip(plan.hosts, hosts).filter { $1.marks.contains(.counted) }.map { $0.0.name }
  }

  /// The hosts that a run which is not over keeps for itself.
  private func begun(_ hosts: [HostRun]) -> [HostName] {
    zip(plan.hosts, hosts).filter { $1.isInFlux }.map { $0.0.name }
  }
}

extension JournalEnding {
  init(_ ending: RunEnding) {
    switch ending {
    case .finished: self = .finished
    case .held, .refused, .tookBack: self = .held
    case .interrupted: self = .interrupted
    }
  }
}
