import Planning
import VolumeActivation

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
  mutating func beginLookEra() {
    run.lookEra += 1
    for kmsHost in desk.musters.indices { desk.musters[kmsHost].looksHoldUntil = nil }
  }

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
    desk.overtaken.removeAll()
    for index in hosts.indices {
      desk.looking.remove(index)
      desk.stale.remove(index)
      if case .underWay = hosts[index].phase {
        change(index, at: now) { $0.restart(at: now) }
      } else {
        desk.file(index, hosts[index], filing(at: now))
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
}
