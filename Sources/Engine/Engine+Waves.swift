import Planning
import VolumeActivation

extension Engine {
  /// The wave that a KMS host is at; nil when all are closed.
  func currentWave(of kmsHost: Int) -> Int? {
    desk.currentWave[kmsHost]
  }

  /// Notes which wave a KMS host is at, after one was closed.
  mutating func findCurrentWave(of kmsHost: Int) {
    desk.currentWave[kmsHost] = shape.chains[kmsHost].first { wave in
      switch run.waves[wave].stage {
      case .pending, .open, .soaked: true
      case .closed: false
      }
    }
  }

  /// The next decision about the wave of a KMS host: to hold it, to open it, to go on, to close it.
  mutating func decideWave(of kmsHost: Int, at now: Timestamp) -> Event.What? {
    guard let wave = currentWave(of: kmsHost) else { return nil }
    if let event = decideHold(of: kmsHost, wave: wave, at: now) { return event }
    if let event = rescueOnTrip(kmsHost, wave: wave, at: now) { return event }
    let id = WaveID(rawValue: UInt16(wave))
    switch run.waves[wave].stage {
    case .pending:
      if shape.waves[wave].isMuster, isDue(wave, kmsHost) { lookAgain(in: wave, kmsHost, at: now) }
      return mayOpen(wave, kmsHost, at: now) ? .waveOpened(id) : nil
    case .open:
      guard let settled = run.waves[wave].settledAt else { return nil }
      let soak = shape.waves[wave].isRenewal ? Milliseconds.zero : policy.soak
      return now >= settled + soak && !isWaveHeld(wave, kmsHost) ? .waveSoaked(id) : nil
    case .soaked:
      return desk.closing[wave] == 0 && isAtRest(wave) ? .waveClosed(id) : nil
    case .closed:
      return nil
    }
  }

  /// Hosts of a muster that does not open yet are looked at anew when their looks go stale, or it
  /// would never open.
  private mutating func lookAgain(in wave: Int, _ kmsHost: Int, at now: Timestamp) {
    if let until = desk.musters[kmsHost].looksHoldUntil, now <= until { return }
    var until = now + policy.freshness  // looks to come hold longer
    for index in shape.waveRange[wave] where !desk.stale.contains(index) {
      guard case .ready = hosts[index].phase, isFresh(index, at: now),
        let seen = hosts[index].lookedAt
      else { continue }
      until = min(until, seen + policy.freshness)
    }
    desk.musters[kmsHost].looksHoldUntil = until
  }

  /// Whether nothing but the guard and the limits keeps a wave from opening.
  func isDue(_ wave: Int, _ kmsHost: Int) -> Bool {
    let state = run.waves[wave]
    guard state.stage == .pending else { return false }
    if shape.waves[wave].needsApproval, !state.approved { return false }
    if policy.window != nil, run.window?.open != true { return false }
    return !run.holds.contains { hold in
      switch hold.scope {
      case .run: true
      case .wave(let held): Int(held.rawValue) == wave
      case .kmsHost(let held): Int(held.rawValue) == kmsHost && !hold.reason.endsByItself
      case .host: false
      }
    }
  }

  private mutating func mayOpen(_ wave: Int, _ kmsHost: Int, at now: Timestamp) -> Bool {
    guard isDue(wave, kmsHost), !isFrozen, !isWaveHeld(wave, kmsHost) else { return false }
    if shape.waves[wave].isRenewal { return true }
    guard isReadingFresh(kmsHost, at: now) else { return false }
    switch obstacle(to: wave, kmsHost, at: now) {
    case .none: return true
    case .some: return false
    }
  }

  /// Whether the last reading is newer than whatever happened to its hosts, and not old.
  func isReadingFresh(_ kmsHost: Int, at now: Timestamp) -> Bool {
    guard let read = run.kmsHosts[kmsHost].readAt, now - read <= policy.freshness else {
      return false
    }
    return run.kmsHosts[kmsHost].stirredAt.map { $0 <= read } ?? true
  }

  /// What keeps a due wave from opening.
  enum Obstacle {
    /// Something that is on its way: looks, or another muster.
    case notYet
    case hold(Hold.Reason)
  }

  private mutating func obstacle(to wave: Int, _ kmsHost: Int, at now: Timestamp) -> Obstacle? {
    if let faults = run.kmsHosts[kmsHost].reading?.faults, !faults.isEmpty {
      return .hold(.kmsHostFault(faults))
    }
    guard let count = count(of: kmsHost) else { return .hold(.countUnknown) }
    if shape.waves[wave].isRollout {
      return rolloutObstacle(wave, kmsHost, count)
    }
    if desk.count(.planned, in: wave) > 0 { return .notYet }  // somebody is still to be looked at
    if isAnyoneUnseen(in: wave, at: now) { return .notYet }
    let pool = keptPool(of: wave, kmsHost)
    let failed = failures(in: wave) - run.waves[wave].forgiven
    let allowed = failureBudget.count(of: shape.waves[wave].hosts)
    if failed > allowed { return nil }  // held as a wave
    let figures = leave(kmsHost, pool, opening: true, at: now)
    if rules.contains(.guarded), let refusal = figures.refusal {
      return .hold(.guardRefused(refusal))
    }
    return limitObstacle(wave, kmsHost, pool, figures)
  }

  private func rolloutObstacle(_ wave: Int, _ kmsHost: Int, _ count: Int) -> Obstacle? {
    let threshold = thresholds[shape.waveHasClients[wave] ? .client : .server]
    guard rules.contains(.guarded), count < threshold else { return nil }
    var question = Guard(threshold: threshold, count: count, ready: 0)
    question.exposed = desk.exposedByKMSHost[kmsHost]
    return .hold(.guardRefused(question.open(confidence: policy.confidence)))
  }

  /// Limits are part of the guard: a muster's whole peak must fit before it opens.
  private func limitObstacle(
    _ wave: Int, _ kmsHost: Int, _ pool: Pool, _ figures: Leave
  ) -> Obstacle? {
    let count = count(of: kmsHost) ?? 0
    var input = OrderInput(
      count: count, memoryIsSmall: !run.kmsHosts[kmsHost].largeMemory, servers: pool.servers,
      clients: figures.clientsPass ? pool.clients : [])
    scale(&input)
    input.spares = policy.reserve
    input.maxExposed = maxExposed
    guard let peak = Order(input)?.peak else {
      input.maxExposed = nil
      let peak = (Order(input)?.peak ?? pool.ready) + policy.reserve
      return peak > maxExposed ? .hold(.exposureLimit(peak: peak, limit: maxExposed)) : nil
    }
    let others = desk.exposed + keptForMusters(but: wave)
    let slots = peak + 1 + others  // the last one to be asked is exposed until it is answered
    if slots > maxExposed {
      return keptForMusters(but: wave) > 0
        ? .notYet : .hold(.exposureLimit(peak: slots, limit: maxExposed))
    }
    for mak in run.purses.indices {
      let needed = min(peak, needed(of: mak, in: wave))
      guard needed > 0 else { continue }
      if free(mak) - promised(mak, but: wave) < needed + policy.reserve {
        return promised(mak, but: wave) > 0
          ? .notYet
          : .hold(
            .activationsShort(
              MAKID(rawValue: UInt16(mak)), needed: needed + policy.reserve, left: free(mak)))
      }
    }
    return nil
  }

  // MARK: Holds

  /// `onGuardTrip: rollback`: after the grace, with a newer reading that still refuses, exposed
  /// hosts are rescued, each with a look first.
  private mutating func rescueOnTrip(_ kmsHost: Int, wave: Int, at now: Timestamp) -> Event.What? {
    guard let since = run.kmsHosts[kmsHost].refusedSince, policy.onGuardTrip == .rollback,
      run.waves[wave].stage == .open, now >= since + policy.guardGrace,
      let read = run.kmsHosts[kmsHost].readAt, read >= since + policy.guardGrace
    else { return nil }
    let leave = leave(kmsHost, wave: wave, at: now)
    for index in shape.waveRange[wave] where hosts[index].touched == .key {
      let passes =
        switch shape.facts[index].kind {
        case .client: leave.clientsPass
        case .server: leave.serversPass
        }
      switch hosts[index].phase {
      case .waiting: if !passes { return .turned(id(index), .rescue) }
      case .planned, .ready, .underWay, .unknown, .retrying, .check, .licensed, .restored,
        .failed, .skipped, .drifted, .stranded, .unsettled:
        break
      }
    }
    return nil
  }

  /// A hold to raise or to release for a KMS host's wave.
  private mutating func decideHold(of kmsHost: Int, wave: Int, at now: Timestamp) -> Event.What? {
    let scope = Hold.Scope.kmsHost(KMSHostID(rawValue: UInt16(kmsHost)))
    let standing =
      run.holds.isEmpty ? nil : run.holds.first { $0.scope == scope && $0.reason.endsByItself }
    if let event = budgetHold(wave) { return event }
    guard let wanted = wantedHold(of: kmsHost, wave: wave, at: now) else {
      return nil  // it cannot be told yet
    }
    switch (wanted, standing) {
    case (.some(let reason), nil):
      return .held(Hold(id: HoldID(rawValue: run.holdsRaised + 1), scope: scope, reason: reason))
    case (.none, .some(let hold)): return .released(hold.id)
    case (.some(let reason), .some(let hold)):
      return reason.isLike(hold.reason) ? nil : .released(hold.id)
    case (.none, nil): return nil
    }
  }

  /// The failures of a wave, before it opens and between the hosts of a rollout.
  private func budgetHold(_ wave: Int) -> Event.What? {
    let state = run.waves[wave]
    guard state.stage == .pending || shape.waves[wave].isRollout else { return nil }
    guard state.stage != .closed else { return nil }
    let failed = failures(in: wave) - state.forgiven
    let allowed = failureBudget.count(of: shape.waves[wave].hosts)
    guard failed > allowed else { return nil }
    let scope = Hold.Scope.wave(WaveID(rawValue: UInt16(wave)))
    let isHeld = run.holds.contains { hold in
      if case .failureBudget = hold.reason { hold.scope == scope } else { false }
    }
    guard !isHeld else { return nil }
    return .held(
      Hold(
        id: HoldID(rawValue: run.holdsRaised + 1), scope: scope,
        reason: .failureBudget(failed: failed, allowed: allowed)))
  }

  /// The hold that a KMS host's wave calls for; `.some(nil)` is none, nil is not known yet.
  private mutating func wantedHold(
    of kmsHost: Int, wave: Int, at now: Timestamp
  ) -> Hold.Reason?? {
    if run.kmsHosts[kmsHost].silences >= 3 { return .some(.some(.kmsHostSilent)) }
    switch run.waves[wave].stage {
    case .pending:
      guard isDue(wave, kmsHost) else { return nil }
      if shape.waves[wave].isRenewal { return .some(nil) }
      guard isReadingFresh(kmsHost, at: now) else { return nil }
      switch obstacle(to: wave, kmsHost, at: now) {
      case .none: return .some(nil)
      case .notYet: return nil
      case .hold(let reason): return .some(.some(reason))
      }
    case .open: return openHold(of: kmsHost, wave: wave, at: now)
    case .soaked, .closed: return .some(nil)
    }
  }

  /// The hold that an open wave calls for.
  private mutating func openHold(
    of kmsHost: Int, wave: Int, at now: Timestamp
  ) -> Hold.Reason?? {
    let unchanged = desk.count(.planned, in: wave) + desk.count(.ready, in: wave)
    switch shape.waves[wave].kind {
    case .renewal: return .some(nil)
    case .rollout:
      guard isReadingFresh(kmsHost, at: now) || unchanged == 0 else { return nil }
      guard unchanged > 0, let count = count(of: kmsHost) else { return .some(nil) }
      switch rolloutObstacle(wave, kmsHost, count) {
      case .hold(let reason): return .some(.some(reason))
      case .notYet, .none: return .some(nil)
      }
    case .muster:
      if isReached(kmsHost, .client) { return .some(nil) }
      guard desk.stirred[kmsHost] else { return nil }
      desk.stirred[kmsHost] = false
      let pool = keptPool(of: wave, kmsHost)
      let left = pool.servers.count + pool.clients.count
      let figures = leave(kmsHost, wave: wave, at: now)
      if left == 0 {
        guard pool.waitingServers + pool.waitingClients > 0, desk.asking[kmsHost] == 0,
          let stuck = figures.clientsPass ? nil : figures.clients ?? figures.servers,
          stuck.needed > 0
        else { return .some(nil) }
        // The pool is empty below the threshold.
        guard isReadingFresh(kmsHost, at: now) else { return nil }
        return .some(.some(.stalled(stuck)))
      }
      let blocked =
        figures.refusal != nil
        || !figures.clientsPass && pool.servers.isEmpty && !pool.clients.isEmpty
      guard rules.contains(.guarded), blocked else { return .some(nil) }
      // A refusal counts when nothing is in flight and the reading is newer than the last answer.
      guard desk.asking[kmsHost] == 0, isReadingFresh(kmsHost, at: now),
        let refusal = figures.clients ?? figures.servers
      else { return nil }
      return .some(.some(.guardRefused(refusal)))
    }
  }
}

extension Hold.Reason {
  /// Whether it is released by itself once the world has changed; the others wait for a person.
  package var endsByItself: Bool {
    switch self {
    case .guardRefused, .kmsHostFault, .kmsHostSilent, .countUnknown, .exposureLimit,
      .activationsShort, .stalled:
      true
    case .operatorAsked, .failureBudget, .lockoutBreaker, .activationError, .countDoesNotRise,
      .asksAnotherHost, .editionChanged, .addOnLost, .clockJumped, .journalUnwritable, .interrupted:
      false
    }
  }

  /// Whether both say the same, figures aside.
  func isLike(_ other: Hold.Reason) -> Bool {
    switch (self, other) {
    case (.guardRefused, .guardRefused), (.kmsHostFault, .kmsHostFault),
      (.kmsHostSilent, .kmsHostSilent), (.countUnknown, .countUnknown),
      (.exposureLimit, .exposureLimit), (.activationsShort, .activationsShort),
      (.stalled, .stalled):
      true
    default: self == other
    }
  }
}
