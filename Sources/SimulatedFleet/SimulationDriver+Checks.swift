import Engine
import Planning
import VolumeActivation

// What must never happen, checked in constant time after every event.
extension SimulationDriver {
  /// Before a decided step is folded.
  mutating func checkIntent(_ host: HostID, _ step: Step) {
    let place = Int(host.rawValue)
    let run = engine.hosts[place]
    if run.touched == .nothing, let seen = calls[place].seen, calls[place].kept == nil {
      calls[place].kept = seen
    }
    guard let last = calls[place].last else { return }
    if last.key == .other { violate(.foreignChangeOverwritten(host)) }
    if step == .ipkMAK, run.reason == .rescue, last.key == .target, last.licensed {
      violate(.rescueDroppedLicence(host))
    }
  }

  /// After an event was folded.
  mutating func check(after event: Event) {
    if case .commanded = event.what { countExtraGrants() }
    checkDeeds()
    let limit = engine.maxExposed
    if fleet.totals.exposed > limit {
      violate(.exposedBeyondLimit(fleet.totals.exposed, limit: limit))
    }
    if fleet.totals.strangersWritten > 0 { violate(.strangerWritten) }
    switch event.what {
    case .intended(let host, let step, _):
      let run = engine.hosts[Int(host.rawValue)]
      if run.spent > run.granted { violate(.countedBeyondGranted(host)) }
      if step == .ipk, run.way.contains(.licensed), run.way.contains(.online),
        !run.marks.contains(.reserved)
      {
        violate(.changedWithoutWayBack(host))
      }
    case .looked(let host, _), .answered(let host, _, _), .turned(let host, _),
      .gaveUp(let host), .unread(let host, _), .unreadable(let host), .resumed(let host):
      checkRest(host)
    case .started, .read, .notRead, .commanded, .clockJumped, .window, .waveOpened, .waveSoaked,
      .waveClosed, .held, .released, .finished:
      break
    }
  }

  /// What was done on the fleet since it was last checked.
  private mutating func checkDeeds() {
    while checked < fleet.ledger.count {
      let deed = fleet.ledger[checked]
      checked += 1
      guard deed.host < calls.count else { continue }
      let host = HostID(rawValue: UInt32(deed.host))
      let truth = fleet.hosts[deed.host]
      let run = engine.hosts[deed.host]
      if deed.spent != nil, Int(truth.activationsSpent) > Int(run.spent) {
        violate(
          .burntBeyondCounted(
            host, burnt: Int(truth.activationsSpent), counted: Int(run.spent)))
      }
      if let account = deed.spent {
        let burnt = fleet.service.accounts[account].spent
        let budget = rehearsal.plan.header.maks[account].activationsLeft + extraGrants
        if burnt > budget {
          violate(
            .burntBeyondBudget(MAKID(rawValue: UInt16(account)), burnt: burnt, budget: budget))
        }
      }
      // A client setup key without a licence must lead to the KMS host, whoever dies now.
      let traits = rehearsal.blueprint.traits[deed.host]
      if truth.licence == .none, truth.key == traits.target, traits.target != traits.original,
        fleet.targets[Int(truth.setting.rawValue)] != traits.wantedKMSHost, deed.by == .muster,
        deed.kind == .setKMS || deed.kind == .installKey,
        rehearsal.plan.header.policy.stepOrder == .pointFirst,
        rehearsal.plan.hosts[deed.host].action == .migrate
      {
        violate(.exposedPointsElsewhere(host))
      }
    }
  }

  /// Only a command grants more than one.
  mutating func countExtraGrants() {
    extraGrants = engine.hosts.reduce(0) { $0 + max(0, Int($1.granted) - 1) }
  }

  /// Whether a phase at rest is true of its host.
  mutating func checkRest(_ host: HostID) {
    let place = Int(host.rawValue)
    let phase = engine.hosts[place].phase
    let truth = fleet.hosts[place]
    guard phase.isResting, !truth.quirks.contains(.foreignHand) else { return }
    let traits = rehearsal.blueprint.traits[place]
    let isTrue: Bool
    switch phase {
    case .licensed:
      isTrue = truth.key == traits.target && truth.licence == .kms
    case .restored:
      isTrue = truth.key == traits.original && truth.licence == traits.licence
    case .failed, .skipped:
      isTrue =
        truth.key == traits.original
        && (truth.licence == traits.licence || rehearsal.plan.hosts[place].action == .ask)
    case .drifted, .stranded, .unsettled, .planned, .ready, .underWay, .unknown, .retrying,
      .waiting, .check:
      return
    }
    if !isTrue { violate(.untrueRest(host, phase)) }
    if truth.running > 0, fleet.mayStillChange(place, exceptBy: harmless(place, phase, truth)) {
      violate(.runningAtRest(host, phase))
    }
  }

  /// What may still be under way on a host at rest: what would leave it as it is.
  private func harmless(
    _ place: Int, _ phase: Phase, _ truth: SimulatedHost
  ) -> [FleetAction] {
    var harmless: [FleetAction] = [.setKMS(truth.setting)]
    // A host that is licensed renews, and one that was only asked asks, as it does by itself.
    if phase == .licensed || rehearsal.plan.hosts[place].action == .ask {
      harmless.append(.activate)
    }
    return harmless
  }

  /// What must be so when a run has come to its end.
  mutating func checkEnd(_ ending: SimulationReport.Ending) {
    fleet.advance(to: now + fleet.tempo.timeout + fleet.tempo.late.upperBound)
    checkDeeds()
    for place in engine.hosts.indices {
      let host = HostID(rawValue: UInt32(place))
      checkRest(host)
      let phase = engine.hosts[place].phase
      if !phase.isResting, ending == .finished || engine.run.holds.isEmpty {
        violate(.stuck(host, phase))
      }
    }
  }

  func report(_ ending: SimulationReport.Ending) -> SimulationReport {
    var report = SimulationReport(
      seed: seed, faults: fleet.faults.name, ending: ending, duration: now - start,
      hosts: plan.hosts.count, peakExposed: fleet.totals.peakExposed,
      exposedAtEnd: fleet.totals.exposed,
      activationsSpent: plan.header.maks.indices.map { fleet.service.accounts[$0].spent },
      mostActivationsOfAHost: fleet.hosts.map { Int($0.activationsSpent) }.max() ?? 0,
      holds: reasons, crashes: crashes, looks: looks, readings: readings, steps: steps,
      events: journal.count, violations: violations)
    for host in engine.hosts {
      switch host.phase {
      case .licensed: report.licensed += 1
      case .restored: report.restored += 1
      case .failed: report.failed += 1
      case .skipped: report.skipped += 1
      case .drifted: report.drifted += 1
      case .stranded: report.stranded += 1
      case .unsettled: report.unsettled += 1
      case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check:
        report.unfinished += 1
      }
    }
    return report
  }
}
