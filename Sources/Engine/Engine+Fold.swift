import VolumeActivation
import Planning

extension Engine {
  /// Folds one event in.
  ///
  /// - Complexity: O(1) in the size of the fleet, but for `started` and a KMS host's restart.
  package mutating func apply(_ event: Event) {
    let now = max(event.at, run.now)
    run.now = now
    switch event.what {
    case .started(let epoch): start(epoch, at: now)
    case .looked(let host, let look): fold(look, of: index(host), at: now)
    case .unread(let host, let silence): fold(silence, of: index(host), at: now)
    case .answered(let host, let attempt, let outcome):
      fold(outcome, of: index(host), attempt: attempt, at: now)
    case .read(let kmsHost, let reading): fold(reading, of: Int(kmsHost.rawValue), at: now)
    case .notRead(let kmsHost, let silence):
      let number = Int(kmsHost.rawValue)
      desk.reading.remove(number)
      desk.stir(number)
      run.kmsHosts[number].silences += 1
      run.kmsHosts[number].silentAt = now
      watchAccount(silence)
    case .commanded(let command): obey(command, at: now)
    case .clockJumped(let span):
      beginLookEra()
      call(.run, .clockJumped(span))
    case .window(let open, let until):
      run.window = WindowState(open: open, until: until)
      stirAll()
    case .intended(let host, let step, let attempt):
      intend(index(host), step, attempt: attempt, at: now)
    case .turned(let host, let reason):
      change(index(host), at: now) { $0.turn(reason) }
      noteFailure(of: index(host))
    case .resumed(let host): change(index(host), at: now) { $0.resume() }
    case .unreadable(let host):
      change(index(host), at: now) { run in
        run.giveUpReading()
        run.marks.remove(.closing)
        if case .unsettled = run.phase { run.due = now + Self.slowLook }
      }
    case .gaveUp(let host): change(index(host), at: now) { $0.undo(.failed) }
    case .waveOpened(let wave): open(Int(wave.rawValue), at: now)
    case .waveSoaked(let wave): soak(Int(wave.rawValue), at: now)
    case .waveClosed(let wave):
      run.waves[Int(wave.rawValue)].stage = .closed
      findCurrentWave(of: Int(plan.waves[Int(wave.rawValue)].kmsHost.rawValue))
      stirAll()
    case .held(let hold): raise(hold)
    case .released(let id): release(id)
    case .finished: run.finished = true
    }
  }

  /// How often an unsettled host is looked for.
  static let slowLook = Milliseconds.minutes(15)

  mutating func stirAll() {
    for index in desk.stirred.indices { desk.stir(index) }
  }

  /// Every look made so far is stale from now on.
  mutating func beginLookEra() { run.lookEra += 1 }

  mutating func call(_ scope: Hold.Scope, _ reason: Hold.Reason) {
    let hold = CalledHold(scope: scope, reason: reason)
    let isOpen = run.holds.contains { $0.scope == scope && $0.reason == reason }
    if !isOpen, !run.calledFor.contains(hold) { run.calledFor.append(hold) }
  }

  private mutating func start(_ epoch: UInt32, at now: Timestamp) {
    run.epoch = epoch
    run.accountProved = false
    beginLookEra()
    run.pace = RunState.firstPace
    desk.reading.removeAll()
    for index in hosts.indices {
      desk.looking.remove(index)
      desk.stale.remove(index)
      if case .underWay = hosts[index].phase {
        change(index, at: now) { $0.restart(at: now) }
      } else {
        desk.file(index, hosts[index], era: run.lookEra, now: now)
      }
    }
    considerAnew()
    stirAll()
  }

  private mutating func open(_ wave: Int, at now: Timestamp) {
    run.waves[wave].stage = .open
    run.waves[wave].openedAt = now
    run.waves[wave].settledAt = isAtRest(wave) ? now : nil
    wake(Int(plan.waves[wave].kmsHost.rawValue))
    stirAll()
  }

  private mutating func soak(_ wave: Int, at now: Timestamp) {
    run.waves[wave].stage = .soaked
    for index in shape.waveRange[wave] where hosts[index].touched > .nothing {
      switch hosts[index].phase {
      case .licensed, .restored, .failed, .skipped, .stranded:
        change(index, at: now) { run in
          run.marks.insert(.closing)
          run.due = nil
          run.tries = 0
        }
      case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .drifted, .unsettled:
        break
      }
    }
    stirAll()
  }

  private mutating func intend(_ index: Int, _ step: Step, attempt: UInt32, at now: Timestamp) {
    run.attempts = max(run.attempts, attempt)
    let kmsHost = shape.facts[index].kmsHost
    let readings = run.kmsHosts[kmsHost].readings
    let shape = shape
    change(index, at: now) { run in
      run.intend(step, attempt: attempt, at: now, policy: shape.policy)
      if step == .ipk {
        run.reading = readings
        if run.way.contains(.online) { run.marks.insert(.reserved) }
      }
    }
    if step == .ipk { desk.stir(kmsHost) }  // from which reading on it is new
  }

  // MARK: What hosts said

  private mutating func fold(_ look: Look, of index: Int, at now: Timestamp) {
    desk.looking.remove(index)
    desk.stale.remove(index)
    proveAccount()
    let mak = shape.facts[index].mak
    let condemned = mak.map { run.purses[$0].condemned != nil } ?? false
    let era = run.lookEra
    let shape = shape
    let quiet = rules.contains(.quiet)
    let look = judgeClock(look, kmsHost: shape.facts[index].kmsHost)
    let finding = change(index, at: now) { run -> HostRun.Finding? in
      if run.marks.contains(.closing) {
        run.marks.remove(.closing)
        return run.close(look)
      }
      if !quiet { run.doubtSince = nil }
      return run.see(look, at: now, era: era, keyCondemned: condemned, policy: shape.policy)
    }
    note(machineOf: index)
    switch finding {
    case .editionChanged: call(.run, .editionChanged(id(index)))
    case .addOnLost:
      call(.kmsHost(KMSHostID(rawValue: UInt16(shape.facts[index].kmsHost))), .addOnLost(id(index)))
    case nil: break
    }
    noteFailure(of: index)
  }

  /// KMS compares the clocks of host and KMS host, so that ours does not matter.
  private func judgeClock(_ look: Look, kmsHost: Int) -> Look {
    guard let reading = run.kmsHosts[kmsHost].reading else { return look }
    var look = look
    if abs(Int(look.skewMinutes) - Int(reading.skewMinutes)) >= 4 * 60 {
      look.obstacles.insert(.clock)
    }
    return look
  }

  private mutating func fold(_ silence: Silence, of index: Int, at now: Timestamp) {
    desk.looking.remove(index)
    watchAccount(silence)
    let shape = shape
    change(index, at: now) { run in
      run.missLook(at: now, policy: shape.policy)
      if run.marks.contains(.closing), Int(run.tries) > shape.policy.retries {
        run.marks.remove(.closing)  // what could not be looked at is reported as it was last known
        run.due = nil
      }
      if case .unsettled = run.phase { run.due = now + Self.slowLook }
    }
  }

  /// Somebody let the account in.
  private mutating func proveAccount() {
    run.authenticationFailures = 0
    run.accountProved = true
  }

  private mutating func watchAccount(_ silence: Silence) {
    switch silence {
    case .authentication: run.authenticationFailures += 1
    case .unreachable, .lost: break
    }
  }

  private mutating func fold(
    _ outcome: Outcome, of index: Int, attempt: UInt32, at now: Timestamp
  ) {
    guard case .underWay(let step) = hosts[index].phase, hosts[index].attempt == attempt else {
      return
    }
    let fact = shape.facts[index]
    let answer = Answer(outcome, to: step)
    switch outcome {
    case .silent(let silence): watchAccount(silence)
    case .done: proveAccount()
    case .refused(let code):
      proveAccount()
      judge(code, step, index)
    }
    if answer == .done { run.pace = min(run.pace + 1, 1_000_000) }
    if step == .ato, answer == .done || answer == .counted { count(index, answer, at: now) }
    if step == .atoMAK || step == .cid, answer == .done, let mak = fact.mak {
      run.purses[mak].proved = true
    }
    let shape = shape
    change(index, at: now) { $0.settle(answer, at: now, policy: shape.policy) }
    run.kmsHosts[fact.kmsHost].stirredAt = now
    noteFailure(of: index)
  }

  /// A code may condemn more than the host that got it.
  private mutating func judge(_ code: HRESULT, _ step: Step, _ index: Int) {
    let fact = shape.facts[index]
    switch ActivationError(code).turn(during: step.operation) {
    case .retry, .waitForCount, .look, .holdHost: break
    case .holdWave:
      if fact.musters, desk.exposedByKMSHost[fact.kmsHost] > 0, step == .ato {
        closePath(of: index)  // the others are needed to relieve those exposed
      } else {
        call(.wave(WaveID(rawValue: UInt16(fact.wave))), .activationError(code))
      }
    case .holdRun:
      if step == .atoMAK || step == .ipkMAK, let mak = fact.mak {
        run.purses[mak].condemned = code
      }
      call(.run, .activationError(code))
    }
  }

  /// The product is not served: no further host of its path is begun.
  private mutating func closePath(of index: Int) {
    let path = shape.facts[index].path
    run.paths[path].refused = true
    desk.hasClosedPaths = true
    desk.stir(shape.facts[index].kmsHost)
  }

  /// A host's request is known to have reached its KMS host.
  private mutating func count(_ index: Int, _ answer: Answer, at now: Timestamp) {
    let fact = shape.facts[index]
    let host = hosts[index]
    let knowledge = run.kmsHosts[fact.kmsHost]
    defer { wake(fact.kmsHost, since: knowledge) }
    if !run.paths[fact.path].proved {
      run.paths[fact.path].proved = true
      desk.hasClosedPaths = run.paths.contains(where: \.isClosed)
    }
    if fact.kind == .client { run.kmsHosts[fact.kmsHost].largeMemory = true }
    let isFirst = !host.marks.contains(.counted)
    let raises = fact.raisesCount && !host.marks.contains(.twin)
    if isFirst, !host.way.contains(.askOnly) {
      run.kmsHosts[fact.kmsHost].counted += 1
      let isNew = host.reading == knowledge.readings || !rules.contains(.changedAddsNothing)
      if raises, isNew { run.kmsHosts[fact.kmsHost].countedSince += 1 }
    }
    if raises, isFirst || host.asked < knowledge.fell { run.kmsHosts[fact.kmsHost].known += 1 }
    hosts[index].marks.insert(.counted)
    hosts[index].asked = knowledge.readings
    desk.stir(fact.kmsHost)
    if answer == .counted, let count = knowledge.reading?.count,
      Int(count) >= fact.kind.threshold, knowledge.readAt != nil
    {
      hosts[index].strays += 1
      if hosts[index].strays >= 3 {
        call(.kmsHost(KMSHostID(rawValue: UInt16(fact.kmsHost))), .asksAnotherHost(id(index)))
      }
    }
  }

  /// A changed host that turned back without ever being counted speaks against its path, or
  /// against the belief in those that are left.
  mutating func noteFailure(of index: Int) {
    let host = hosts[index]
    guard host.touched == .key, !host.marks.contains(.counted), !host.marks.contains(.lost) else {
      return
    }
    switch host.phase {
    case .check, .stranded, .drifted, .unsettled:
      hosts[index].marks.insert(.lost)
      let fact = shape.facts[index]
      if run.paths[fact.path].proved {
        run.kmsHosts[fact.kmsHost].failed += 1
      } else {
        run.paths[fact.path].failures += 1
        if run.paths[fact.path].isClosed { desk.hasClosedPaths = true }
      }
      desk.stir(fact.kmsHost)
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .licensed, .restored, .failed,
      .skipped:
      break
    }
  }

  // MARK: What KMS hosts said

  private mutating func fold(_ reading: KMSReading, of kmsHost: Int, at now: Timestamp) {
    desk.reading.remove(kmsHost)
    desk.stir(kmsHost)
    proveAccount()
    let before = run.kmsHosts[kmsHost]
    var new = before
    new.silences = 0
    new.silentAt = nil
    new.reading = reading
    new.readAt = now
    new.readings += 1
    new.countedSince = 0
    let restarted = hasRestarted(before, reading)
    if restarted {
      new.fell = new.readings
      new.known = 0
      new.largeMemory = false
    }
    if let count = reading.count, count > 10 { new.largeMemory = true }
    if reading.sawClientRequest == true { new.largeMemory = true }
    run.kmsHosts[kmsHost] = new
    let id = KMSHostID(rawValue: UInt16(kmsHost))
    if let count = reading.count, !restarted {
      let expected = min(new.known, new.capacity)
      if Int(count) < expected {
        call(.kmsHost(id), .countDoesNotRise(count: Int(count), expected: expected))
      }
    }
    wake(kmsHost)
  }

  /// Whether a fall of the count is greater than ageing explains, or the machine started anew.
  private func hasRestarted(_ before: KMSKnowledge, _ reading: KMSReading) -> Bool {
    guard let last = before.reading else { return false }
    if reading.bootedAt - last.bootedAt > .minutes(1) { return true }
    guard let count = reading.count, let lastCount = last.count else { return false }
    // Records of this run are young: none of them ages out while it lasts.
    return Int(count) < Int(lastCount) && Int(count) < before.known
  }

  /// Wakes the hosts of a KMS host when its certain count has just come to a threshold.
  private mutating func wake(_ kmsHost: Int, since before: KMSKnowledge) {
    let (old, new) = (before.count ?? 0, run.kmsHosts[kmsHost].count ?? 0)
    let crossed = [ProductKind.server, .client].contains {
      old < $0.threshold && new >= $0.threshold
    }
    if crossed { wake(kmsHost) }
  }

  /// Looks again at hosts that may be asked anew: those that wait, once the count suffices; and
  /// while a KMS host that forgot everybody has not got its count back, all who asked it before.
  private mutating func wake(_ kmsHost: Int) {
    let count = run.kmsHosts[kmsHost].count ?? 0
    let forgot = run.kmsHosts[kmsHost].fell > 0 && count < ProductKind.client.threshold
    let suffices = count >= ProductKind.server.threshold && desk.waiting[kmsHost] > 0
    guard forgot || suffices else { return }
    for wave in shape.chains[kmsHost] where run.waves[wave].stage != .pending {
      for index in shape.waveRange[wave] {
        switch hosts[index].phase {
        case .waiting: desk.attention.insert(index)
        case .licensed: if forgot { desk.attention.insert(index) }
        case .planned, .ready, .underWay, .unknown, .retrying, .check, .restored, .failed,
          .skipped, .drifted, .stranded, .unsettled:
          break
        }
      }
    }
  }

  // MARK: Holds

  mutating func raise(_ hold: Hold) {
    switch (hold.reason, hold.scope) {
    case (.guardRefused, .kmsHost(let kmsHost)), (.stalled, .kmsHost(let kmsHost)):
      run.kmsHosts[Int(kmsHost.rawValue)].refusedSince = run.now
    default: break
    }
    run.holds.append(hold)
    run.holdsRaised = max(run.holdsRaised, hold.id.rawValue)
    run.calledFor.removeAll { $0.scope == hold.scope && $0.reason == hold.reason }
    beginLookEra()
    stirAll()
  }

  /// Takes a hold away and begins the counter that raised it anew.
  mutating func release(_ id: HoldID) {
    guard let place = run.holds.firstIndex(where: { $0.id == id }) else { return }
    let hold = run.holds.remove(at: place)
    switch hold.reason {
    case .failureBudget:
      if case .wave(let wave) = hold.scope {
        run.waves[Int(wave.rawValue)].forgiven = failures(in: Int(wave.rawValue))
      }
    case .lockoutBreaker: run.authenticationFailures = 0
    case .activationError: for mak in run.purses.indices { run.purses[mak].condemned = nil }
    case .asksAnotherHost(let host): hosts[index(host)].strays = 0
    case .countDoesNotRise:
      if case .kmsHost(let kmsHost) = hold.scope {
        run.kmsHosts[Int(kmsHost.rawValue)].known = 0
      }
    case .guardRefused, .stalled, .kmsHostSilent:
      if case .kmsHost(let kmsHost) = hold.scope {
        run.kmsHosts[Int(kmsHost.rawValue)].refusedSince = nil
        run.kmsHosts[Int(kmsHost.rawValue)].silences = 0
      }
    case .operatorAsked, .kmsHostFault, .countUnknown, .editionChanged, .addOnLost, .exposureLimit,
      .activationsShort, .clockJumped, .journalUnwritable, .interrupted:
      break
    }
    beginLookEra()
    stirAll()
  }

  /// Hosts of a wave that did not get where the plan wants them, but by a person's word.
  func failures(in wave: Int) -> Int {
    desk.count(.failed, in: wave) + desk.count(.drifted, in: wave)
      + desk.count(.stranded, in: wave) + desk.count(.unsettled, in: wave)
      + desk.count(.rescued, in: wave)
  }
}
