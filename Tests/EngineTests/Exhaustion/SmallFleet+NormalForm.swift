import Engine
import Planning
import VolumeActivation

extension SmallFleet {
  /// Takes out what decides nothing: numbers that only count, times that have passed, and what a
  /// phase does not ask for.
  mutating func normalize(at now: Timestamp) {
    for host in hosts.indices { normalizeHost(host, at: now) }
    normalizeKMSHost(at: now)
    run.epoch = 1
    run.attempts = UInt32(hosts.count)
    run.lookEra = 1
    run.pace = 4  // more than there are hosts
    run.now = Untimed.instant
    run.holds = run.holds.map(\.withoutFigures).sorted { "\($0)" < "\($1)" }
    for place in run.holds.indices { run.holds[place].id = HoldID(rawValue: UInt32(place + 1)) }
    run.holdsRaised = UInt32(run.holds.count)
    for wave in run.waves.indices {
      if run.waves[wave].openedAt != nil { run.waves[wave].openedAt = Untimed.instant }
      if run.waves[wave].settledAt != nil { run.waves[wave].settledAt = Untimed.instant }
    }
    for path in run.paths.indices {
      run.paths[path].failures = run.paths[path].proved ? 0 : min(run.paths[path].failures, 2)
    }
    run.authenticationFailures = min(run.authenticationFailures, 3)
    world.sortMemory(setting)
  }

  private mutating func normalizeHost(_ index: Int, at now: Timestamp) {
    var host = hosts[index]
    host.untime(at: now, era: run.lookEra)
    host.attempt = 0
    if case .underWay = host.phase { host.attempt = UInt32(index + 1) }
    normalizeReadings(of: &host)
    hosts[index] = host
    let actsOnLook: Bool
    switch host.phase {
    case .ready, .retrying, .underWay, .waiting: actsOnLook = host.lookedAt != nil
    case .planned, .unknown, .check, .unsettled, .licensed, .restored, .failed, .skipped, .drifted,
      .stranded:
      actsOnLook = false
    }
    if !actsOnLook { world.machines[index].isChangedUnseen = false }
  }

  /// Of the numbers of readings only their order counts.
  private func normalizeReadings(of host: inout HostRun) {
    let knowledge = run.kmsHosts[0]
    host.reading = host.touched == .key && host.reading == knowledge.readings ? 10 : 0
    if knowledge.readings == 0 { host.reading = 0 }
    if host.asked < knowledge.fell || knowledge.readings == 0 || host.asked == 0 {
      host.asked = 0
    } else {
      host.asked = host.asked == knowledge.readings ? 10 : 5
    }
  }

  private mutating func normalizeKMSHost(at now: Timestamp) {
    var knowledge = run.kmsHosts[0]
    if knowledge.readings > 0 {
      knowledge.fell = knowledge.fell == 0 ? 0 : knowledge.fell == knowledge.readings ? 10 : 5
      knowledge.readings = 10
    }
    let isStirred: Bool
    if let read = knowledge.readAt, let stirred = knowledge.stirredAt {
      isStirred = stirred > read
    } else {
      isStirred = false
    }
    knowledge.stirredAt = isStirred ? Untimed.instant : nil
    knowledge.readAt = knowledge.readAt.map { _ in Untimed.instant - .hours(1) }
    knowledge.reading?.bootedAt = .beginning
    knowledge.silences = min(knowledge.silences, 3)
    knowledge.silentAt = nil
    knowledge.refusedSince = nil
    run.kmsHosts[0] = knowledge
  }
}

extension SmallWorld {
  /// Once the memory holds all there are, who asked when decides nothing.
  fileprivate mutating func sortMemory(_ setting: SmallFleet.Setting) {
    let all =
      Array(machines.indices.map(UInt8.init)) + (0..<setting.foreign).map { UInt8(100 + $0) }
    guard memory.greatestThreshold == setting.thresholds.client else { return }
    var sorted = KMSHostMemory<UInt8>()
    for machine in all where memory.remembers(machine, at: .beginning) {
      _ = sorted.request(machine, threshold: setting.thresholds.client, at: .beginning)
    }
    memory = sorted
  }
}

extension Hold {
  /// The same with figures that only explain it left out.
  fileprivate var withoutFigures: Hold {
    var hold = self
    let nothing = GuardFigures(
      threshold: 0, count: 0, ready: 0, counted: 0, failed: 0, exposed: 0, probability: 0,
      required: 0, passes: false)
    switch reason {
    case .guardRefused: hold.reason = .guardRefused(nothing)
    case .stalled: hold.reason = .stalled(nothing)
    case .failureBudget: hold.reason = .failureBudget(failed: 0, allowed: 0)
    case .exposureLimit: hold.reason = .exposureLimit(peak: 0, limit: 0)
    case .activationsShort(let mak, _, _):
      hold.reason = .activationsShort(mak, needed: 0, left: 0)
    case .operatorAsked, .lockoutBreaker, .activationError, .kmsHostFault, .kmsHostSilent,
      .countUnknown, .countDoesNotRise, .asksAnotherHost, .editionChanged, .addOnLost,
      .clockJumped, .journalUnwritable, .interrupted:
      break
    }
    hold.id = HoldID(rawValue: 0)
    return hold
  }
}
