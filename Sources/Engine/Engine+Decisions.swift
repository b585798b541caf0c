import HeapModule
package import Planning
package import VolumeActivation

extension Engine {
  /// The next thing to decide, as an event to fold and journal; nil when nothing is due.
  ///
  /// It follows from the folded events and `now` alone.
  package mutating func nextDecision(at now: Timestamp) -> Event? {
    let now = max(now, run.now)
    return decide(at: now).map { Event(at: now, $0) }
  }

  private mutating func decide(at now: Timestamp) -> Event.What? {
    if let hold = nextHold() { return .held(hold) }
    if run.finished { return nil }
    takeTimers(upTo: now)
    while let index = desk.attention.first() {
      if let event = attend(to: index, at: now) { return event }
      desk.attended(to: index, hosts[index], filing(at: now))
    }
    for kmsHost in shape.kmsHosts {
      if let event = decideWave(of: kmsHost, at: now) { return event }
    }
    // Looks and readings under way are no events, so they limit further ones, but no decision.
    if !isFrozen, desk.underWay < callLimit, let event = nextIntent(at: now) { return event }
    return isDone ? .finished : nil
  }

  /// Nothing is sent at all: the account may be locked out, or a person must look at the clock.
  package var isFrozen: Bool {
    run.holds.contains { hold in
      switch hold.reason {
      case .lockoutBreaker, .journalUnwritable: true
      case .operatorAsked, .guardRefused, .failureBudget, .activationError, .kmsHostFault,
        .kmsHostSilent, .countUnknown, .countDoesNotRise, .asksAnotherHost, .editionChanged,
        .addOnLost, .exposureLimit, .activationsShort, .stalled, .clockJumped, .interrupted:
        false
      }
    }
  }

  /// So many authentication failures in a row stop everything, before the account is locked out.
  static let lockoutLimit = 3

  /// How many calls may be under way: no more than the breaker bears while it is not known whether
  /// the account is let in, since those under way cannot be called back.
  var callLimit: Int {
    guard rules.contains(.breaker), !run.accountProved || run.authenticationFailures > 0 else {
      return .max
    }
    return max(0, Self.lockoutLimit - run.authenticationFailures)
  }

  /// Looks, readings and steps that have not come back.
  var calls: Int { desk.looking.count + desk.reading.count + desk.underWay }

  private mutating func nextHold() -> Hold? {
    let id = HoldID(rawValue: run.holdsRaised + 1)
    if run.authenticationFailures >= Self.lockoutLimit, rules.contains(.breaker), !isFrozen {
      return Hold(
        id: id, scope: .run, reason: .lockoutBreaker(failures: run.authenticationFailures))
    }
    return run.calledFor.first.map { Hold(id: id, scope: $0.scope, reason: $0.reason) }
  }

  private mutating func takeTimers(upTo now: Timestamp) {
    while let timer = desk.timers.min, timer.at <= now {
      _ = desk.timers.popMin()
      if desk.bearings[timer.host].timer == timer.at {
        desk.bearings[timer.host].timer = nil
        desk.attend(to: timer.host)
      }
    }
  }

  /// Whether every wave is closed, nobody is on a way, and no look can still put anybody on one.
  private var isDone: Bool {
    desk.active == 0 && desk.awaited == 0 && desk.sentBack.isEmpty
      && desk.currentWave.allSatisfy { $0 == nil }
  }

  // MARK: One host

  private func attend(to index: Int, at now: Timestamp) -> Event.What? {
    switch hosts[index].phase {
    case .retrying:
      if let due = hosts[index].due, due <= now { return .resumed(id(index)) }
    case .waiting:
      if let deadline = hosts[index].deadline, deadline <= now {
        return .turned(id(index), .rescue)
      }
      let (kmsHost, asked) = (shape.facts[index].kmsHost, hosts[index].asked)
      if asked < run.kmsHosts[kmsHost].readings,
        isReached(kmsHost, shape.facts[index].kind) || asked < run.kmsHosts[kmsHost].fell
      {
        return .resumed(id(index))
      }
      if let due = hosts[index].due, due <= now { return .resumed(id(index)) }
    case .licensed:
      let kmsHost = shape.facts[index].kmsHost
      if hosts[index].asked < run.kmsHosts[kmsHost].fell, hosts[index].marks.contains(.counted),
        hosts[index].wish == .none, !isReached(kmsHost, .client), isMustering(kmsHost)
      {
        return .resumed(id(index))
      }
    case .planned, .ready:
      if hosts[index].silentSince != nil, Int(hosts[index].tries) > policy.retries {
        return .unreadable(id(index))
      }
    case .unknown, .check:
      // Only a look that was missed proves silence; the time since then does not.
      if let since = hosts[index].silentSince, let due = hosts[index].due,
        due - since >= policy.settleLimit + policy.lookPause(after: hosts[index].tries)
      {
        return .unreadable(id(index))
      }
    case .underWay, .restored, .failed, .skipped, .drifted, .stranded, .unsettled: break
    }
    return nil
  }

  // MARK: Steps

  /// Whether nobody unchanged may be begun in this wave.
  func isHeld(_ index: Int) -> Bool {
    let fact = shape.facts[index]
    return isWaveHeld(fact.wave, fact.kmsHost)
      || run.holds.contains { $0.scope == .host(id(index)) }
  }

  /// Whether a hold covers a wave.
  func isWaveHeld(_ wave: Int, _ kmsHost: Int) -> Bool {
    run.holds.contains { hold in
      switch hold.scope {
      case .run: true
      case .wave(let held): Int(held.rawValue) == wave
      case .kmsHost(let held): Int(held.rawValue) == kmsHost
      case .host: false
      }
    }
  }

  /// Whether a hold keeps a licensed host from going back although a person sends it.
  ///
  /// What is amiss with its KMS host does not: that stands in the way there, and may never end.
  package func isKeptFromGoingBack(_ host: HostID) -> Bool {
    run.holds.contains { hold in
      switch hold.scope {
      case .run: true
      case .wave(let held): Int(held.rawValue) == shape.facts[index(host)].wave
      case .host(let held): held == host
      case .kmsHost: false
      }
    }
  }

  private var isWindowOpen: Bool { policy.window == nil || run.window?.open == true }

  private mutating func nextIntent(at now: Timestamp) -> Event.What? {
    if !desk.back.isEmpty, let event = nextBackIntent(at: now) { return event }
    if !desk.sentBack.isEmpty, let event = nextTurn(at: now) { return event }
    guard desk.underWay < concurrency else { return nil }
    if !desk.onward.isEmpty, let event = nextOnwardIntent(at: now) { return event }
    if !desk.key.isEmpty, let event = nextKeyIntent(at: now) { return event }
    return desk.begin.isEmpty ? nil : nextBeginIntent(at: now)
  }

  private func intent(_ index: Int, _ step: Step) -> Event.What {
    .intended(id(index), step, attempt: run.attempts + 1)
  }

  /// Whether its last look may still be relied upon; a stale one is made anew.
  mutating func isFresh(_ index: Int, at now: Timestamp) -> Bool {
    guard rules.contains(.freshLooks) else { return true }
    if isSeen(index, at: now) { return true }
    lookAnew(index, at: now)
    return false
  }

  /// Wants a look before the host goes on; it is no part of the fold, which knows no such wish.
  private mutating func lookAnew(_ index: Int, at now: Timestamp) {
    desk.stale.insert(index)
    desk.file(index, hosts[index], filing(at: now))
  }

  private func isSiteFull(_ site: Int) -> Bool {
    guard let limit = concurrencyPerSite else { return false }
    return desk.underWayBySite[site] >= limit
  }

  /// Steps back, heaviest first; one host of a MAK alone until the MAK has worked.
  private mutating func nextBackIntent(at now: Timestamp) -> Event.What? {
    var rank = 0
    while let place = desk.back.first(from: rank) {
      rank = place + 1
      let index = shape.hostOfRank[place]
      guard case .ready(let step) = hosts[index].phase, isFresh(index, at: now) else { continue }
      if step == .ipkMAK, let mak = shape.facts[index].mak {
        if run.purses[mak].condemned != nil, !hosts[index].way.contains(.confirmation) {
          lookAnew(index, at: now)  // it stays on the client setup key
          continue
        }
        if !run.purses[mak].proved, desk.backOnMAK[mak] > 0 { continue }
      }
      return intent(index, step)
    }
    return nil
  }

  /// Licensed hosts that a person sends back, as slots allow.
  private func nextTurn(at now: Timestamp) -> Event.What? {
    var rank = 0
    while let place = desk.sentBack.first(from: rank) {
      rank = place + 1
      let index = shape.hostOfRank[place]
      if isKeptFromGoingBack(id(index)) { continue }
      // Who leaves a muster draws on what was kept for it.
      guard hasSlot(index, mustering: shape.facts[index].musters) else { continue }
      return .turned(id(index), .ordered)
    }
    return nil
  }

  /// Free steps of hosts that are on their way: no gate, since stopping here is the harm; but for a
  /// hold where the licence is still what it was.
  private mutating func nextOnwardIntent(at now: Timestamp) -> Event.What? {
    var start = 0
    while let index = desk.onward.first(from: start) {
      start = index + 1
      guard case .ready(let step) = hosts[index].phase else { continue }
      if !rules.contains(.draining), isHeld(index) { continue }
      if step.isForward, hosts[index].touched < .key, isHeld(index) { continue }
      if isSiteFull(shape.facts[index].site) { continue }
      if step != .rkms, !isFresh(index, at: now) { continue }
      return intent(index, step)
    }
    return nil
  }

  /// Points unchanged hosts at their KMS host: site by site, one at a time on an unproved path.
  private mutating func nextBeginIntent(at now: Timestamp) -> Event.What? {
    let mayBegin = desk.changing < run.pace
    guard mayBegin || desk.hasClosedPaths else { return nil }
    var path = 0
    while let next = desk.beginPaths.first(from: path) {
      path = next + 1
      let range = shape.pathRange[next]
      if run.paths[next].isClosed {
        var place = range.lowerBound
        while let candidate = desk.begin.first(from: place, below: range.upperBound) {
          place = candidate + 1
          let index = shape.beginHost[candidate]
          if isFresh(index, at: now) { return .gaveUp(id(index)) }
        }
        continue
      }
      guard mayBegin else { continue }
      if isSiteFull(shape.siteOfPath[next]) { continue }
      if isPathBusy(next) { continue }
      var place = range.lowerBound
      while let candidate = desk.begin.first(from: place, below: range.upperBound) {
        place = candidate + 1
        let index = shape.beginHost[candidate]
        let fact = shape.facts[index]
        guard run.waves[fact.wave].stage == .open else { break }
        // A muster that has exposed hosts is not stopped half-way by the hour.
        let goesOn = fact.musters && desk.exposedByKMSHost[fact.kmsHost] > 0
        if !isWindowOpen, !goesOn { break }
        if isHeld(index) { break }
        if !fact.musters, desk.begun >= concurrency { return nil }
        if fact.musters, !mayMuster(fact, at: now) { break }
        guard isFresh(index, at: now) else { continue }
        return intent(index, .skms)
      }
    }
    return nil
  }

  private func isPathBusy(_ path: Int) -> Bool {
    rules.contains(.canary) && !run.paths[path].proved && desk.onPath[path] > 0
  }

  /// Installs the published key where guard, order, slot and purse allow it.
  private mutating func nextKeyIntent(at now: Timestamp) -> Event.What? {
    guard desk.changing < run.pace || run.pace == 0 else { return nil }
    for kmsHost in shape.kmsHosts {
      guard let wave = currentWave(of: kmsHost), run.waves[wave].stage == .open else { continue }
      let range = shape.waveRange[wave]
      guard let first = desk.key.first(from: range.lowerBound, below: range.upperBound) else {
        continue
      }
      let muster = shape.waves[wave].isMuster && !isReached(kmsHost, .client)
      if isKeyBlocked(in: wave, kmsHost, mustering: muster) { continue }
      if !hasSlot(first, mustering: muster) { continue }
      let turn = muster ? musterTurn(of: kmsHost, wave: wave, at: now) : nil
      if muster, turn == nil { continue }
      var start = range.lowerBound
      while let index = desk.key.first(from: start, below: range.upperBound) {
        start = index + 1
        let fact = shape.facts[index]
        if let turn, fact.kind != turn { continue }
        if isKeyBlocked(index, mustering: muster, at: now) { continue }
        guard isFresh(index, at: now) else { continue }
        return intent(index, .ipk)
      }
    }
    return giveUpLeftBehind(at: now)
  }

  /// Hosts that were pointed at a KMS host go no further when their path failed twice, or when
  /// their wave went on without them while they could not be read.
  private mutating func giveUpLeftBehind(at now: Timestamp) -> Event.What? {
    for wave in run.waves.indices {
      let range = shape.waveRange[wave]
      let isOver: Bool
      switch run.waves[wave].stage {
      case .pending: continue
      case .open:
        guard desk.hasClosedPaths else { continue }
        isOver = false
      case .soaked, .closed: isOver = true
      }
      var start = range.lowerBound
      while let index = desk.key.first(from: start, below: range.upperBound) {
        start = index + 1
        guard isOver || run.paths[shape.facts[index].path].isClosed else { continue }
        if isFresh(index, at: now) { return .gaveUp(id(index)) }
      }
    }
    return nil
  }

  /// Whether nobody of a wave may get a key now.
  private func isKeyBlocked(in wave: Int, _ kmsHost: Int, mustering: Bool) -> Bool {
    let goesOn = mustering && desk.exposedByKMSHost[kmsHost] > 0
    return isWaveHeld(wave, kmsHost) || !isWindowOpen && !goesOn
  }

  /// Whether one host may not get its key now, whatever the order says.
  private func isKeyBlocked(_ index: Int, mustering: Bool, at now: Timestamp) -> Bool {
    let fact = shape.facts[index]
    let isOurs = desk.bearings[index].sums.contains(.onPath) ? 1 : 0
    if isHeld(index) || isSiteFull(fact.site) { return true }
    if run.paths[fact.path].isClosed { return true }
    if rules.contains(.canary), !run.paths[fact.path].proved, desk.onPath[fact.path] > isOurs {
      return true
    }
    if let group = fact.group, desk.exposedByGroup[group] > 0 { return true }
    if rules.contains(.reservation), hosts[index].way.contains(.online), let mak = fact.mak,
      free(mak) - promised(mak, but: mustering ? fact.wave : nil) < 1
    {
      return true
    }
    let reached = isReached(fact.kmsHost, fact.kind)
    if fact.isIrreversible, !reached { return true }
    return rules.contains(.guarded) && !mustering && !reached
  }

  /// Whether the certain count of a KMS host is at the threshold of a kind.
  func isReached(_ kmsHost: Int, _ kind: ProductKind) -> Bool {
    (count(of: kmsHost) ?? 0) >= thresholds[kind]
  }

  /// Whether one more may be exposed; a muster draws on what was kept for it.
  func hasSlot(_ index: Int, mustering: Bool) -> Bool {
    guard rules.contains(.slots) else { return true }
    let wave = mustering ? shape.facts[index].wave : nil
    return desk.exposed + keptForMusters(but: wave) < maxExposed
  }
}
