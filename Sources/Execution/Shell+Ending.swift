import Engine
import Planning
import VolumeActivation

extension Shell {
  /// The first request drains, the second stops at once.
  mutating func stop() {
    switch stopping {
    case .no:
      stopping = .draining(until: ports.clock.monotonic() + options.drain)
      raise(.interrupted)
      wantsStop = true
    case .draining, .atOnce: stopping = .atOnce
    }
  }

  /// Ends the run when it is over, cannot go on by itself, or was asked to.
  ///
  /// It does not end by itself before its inbox was read after its last decision.
  mutating func endIfDone(in group: inout RunGroup) {
    switch stopping {
    case .atOnce:
      ending = .interrupted
      return
    case .draining(let end):
      if ports.clock.monotonic() >= end || isQuiet { ending = .interrupted }
      return
    case .no: break
    }
    guard isQuiet, let due = dueEnding, isLastCallOver(in: &group) else { return }
    ending = due
  }

  /// How the run would end by itself now; nil while it goes on.
  private var dueEnding: RunEnding? {
    if engine.run.finished { return .finished }
    if options.onlyBack {
      let left = takingBack.filter { !isAtRest($0) }
      if left.isEmpty { return .tookBack }
      if isStuck(left) { return .held }
    } else if isBlocked, options.exitOnHold || (freeze == nil && !isSomebodyUnderWatch) {
      // While it cannot write it holds itself, and looks for room until there is some.
      return .held
    }
    return freeze == nil && engine.nextWake(after: now) == nil ? .held : nil
  }

  private var isSomebodyUnderWatch: Bool { engine.hosts.contains(where: \.isUnderWatch) }

  /// Whether the inbox was empty after the last event; begins to read it unless it is.
  private mutating func isLastCallOver(in group: inout RunGroup) -> Bool {
    guard let inbox = ports.inbox, lastCall != .nothing(since: folds) else { return true }
    if case .asking = lastCall { return false }
    lastCall = .asking(since: folds)
    group.addTask {
      do { return .lastCommands(try await inbox.rest()) } catch { return .failed(error) }
    }
    return false
  }

  /// Nothing is under way, and nothing waits to be written.
  private var isQuiet: Bool {
    calls == 0 && committing == nil && durable == nil && pending.isEmpty
  }

  private func isAtRest(_ host: HostID) -> Bool {
    let state = engine.hosts[Int(host.rawValue)]
    return state.phase.isResting && state.wish == .none
  }

  /// Whether those who are still to go back cannot set out: a hold keeps them, or no slot is free
  /// and nobody is on a way that could free one.
  private func isStuck(_ left: Set<HostID>) -> Bool {
    if options.exitOnHold, left.contains(where: { engine.isKeptFromGoingBack($0) }) { return true }
    return left.allSatisfy { engine.hosts[Int($0.rawValue)].phase == .licensed }
      && !isSomebodyUnderWatch
  }

  /// Whether no wave can go on without a person or a condition.
  private var isBlocked: Bool {
    let holds = engine.run.holds
    if holds.contains(where: { $0.scope == .run }) { return true }
    let waves = engine.run.waves
    let open = waves.indices.filter { waves[$0].stage == .open || waves[$0].stage == .soaked }
    let next = waves.indices.first { waves[$0].stage == .pending }
    let candidates = open.isEmpty ? next.map { [$0] } ?? [] : open
    return !candidates.isEmpty
      && candidates.allSatisfy { index in
        let wave = plan.waves[index]
        return holds.contains {
          $0.scope == .wave(WaveID(rawValue: UInt16(index))) || $0.scope == .kmsHost(wave.kmsHost)
        }
          || (waves[index].stage == .pending && wave.needsApproval && !waves[index].approved)
      }
  }
}

extension HostRun {
  /// Whether somebody should be there while it is so: exposed, waiting, or not known.
  var isUnderWatch: Bool {
    switch phase {
    case .planned, .licensed, .restored, .failed, .skipped, .drifted, .stranded, .unsettled: false
    case .ready(let step), .retrying(let step): touched == .key || !step.isForward
    case .underWay, .unknown, .waiting, .check: true
    }
  }
}
