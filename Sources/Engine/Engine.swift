package import Planning
package import VolumeActivation

/// One value that holds the whole run: what it is, and what happens next.
///
/// A driver does five things, and nothing else decides anything:
///
///     engine.apply(event)                                     // what the world said
///     while let decision = engine.nextDecision(at: now) { engine.apply(decision) }
///     while let host = engine.nextLook(at: now) { … }         // inspections: not journalled
///     while let kmsHost = engine.nextReading(at: now) { … }   // the same for counts
///     … commit all events, release `event.effect` of each, sleep until `nextWake(after: now)`
///
/// `nextDecision` follows from the folded events and `now` alone; looks and readings that are
/// under way are remembered outside the fold and made again after a crash.
package struct Engine: Sendable {
  let shape: PlanShape
  @Indirect package internal(set) var run: RunState
  package internal(set) var hosts: [HostRun]
  /// What became of the last command folded; the journal keeps it beside the command.
  package internal(set) var reply: Reply?
  /// The rules in force: all of them, but in tests that show what each is for.
  package var rules = Rules.all
  @Indirect var desk: Desk

  /// Begins a run of a plan.
  package init(plan: Plan, thresholds: Thresholds = .windows) {
    self.init(PlanShape(plan, thresholds: thresholds), hosts: [], run: RunState(plan: plan))
  }

  /// Takes a run up from what a journal's rows hold; an empty list of hosts is a fresh run.
  package init(restoring plan: Plan, hosts: [HostRun], run: RunState) {
    self.init(PlanShape(plan, thresholds: .windows), hosts: hosts, run: run)
  }

  /// The same plan taken up from what a journal's rows hold, without reading the plan again.
  package func restored(hosts: [HostRun], run: RunState) -> Engine {
    var engine = Engine(shape, hosts: hosts, run: run)
    engine.rules = rules
    return engine
  }

  private init(_ shape: PlanShape, hosts: [HostRun], run: RunState) {
    let plan = shape.plan
    self.shape = shape
    _run = Indirect(wrappedValue: run)
    self.hosts =
      hosts.isEmpty
      ? plan.hosts.map { HostRun(host: $0, policy: plan.header.policy) } : hosts
    desk = Desk(shape)
    desk.hasClosedPaths = run.paths.contains(where: \.isClosed)
    for kmsHost in shape.kmsHosts { findCurrentWave(of: kmsHost) }
    for index in self.hosts.indices {
      desk.count(index)
      desk.file(index, self.hosts[index], filing(at: run.now))
    }
    considerAnew()
  }

  /// Makes anew what the hosts alone do not tell: about whom something may be decided now, and who
  /// was first with a CMID.
  ///
  /// It is the same for a run that was restored from its rows and for one that is replayed, so both
  /// go on alike from a start.
  mutating func considerAnew() {
    for index in hosts.indices {
      if !hosts[index].phase.isResting { desk.attend(to: index) }
      if case .licensed = hosts[index].phase, hosts[index].marks.contains(.counted) {
        desk.attend(to: index)
      }
    }
    for kmsHost in desk.machines.indices {
      desk.machines[kmsHost].removeAll(keepingCapacity: true)
      desk.machines[kmsHost].reserveCapacity(hosts.count / desk.machines.count)
    }
    // A twin stands for its CMID only where nobody else does.
    for areTwins in [false, true] {
      for index in hosts.indices where hosts[index].marks.contains(.twin) == areTwins {
        let (machine, kmsHost) = (hosts[index].machine, shape.facts[index].kmsHost)
        guard machine != 0, desk.machines[kmsHost][machine] == nil else { continue }
        desk.machines[kmsHost][machine] = index
      }
    }
  }
}

extension Engine {
  /// What a run may not do without; each can be taken away, to show that something breaks.
  package struct Rules: OptionSet, Sendable {
    package var rawValue: UInt16

    package init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    /// Nobody is changed while the guard refuses.
    package static let guarded = Rules(rawValue: 1 << 0)
    /// Nobody is changed beyond `maxExposed`, decisions that are not yet durable included.
    package static let slots = Rules(rawValue: 1 << 1)
    /// The intent of `ipk` takes an activation from the purse.
    package static let reservation = Rules(rawValue: 1 << 2)
    /// One host at a time on a path that has not answered.
    package static let canary = Rules(rawValue: 1 << 3)
    /// A look before each step, not older than `freshness` or from before a start or a hold.
    package static let freshLooks = Rules(rawValue: 1 << 4)
    /// A hold stops unchanged hosts only.
    package static let draining = Rules(rawValue: 1 << 5)
    /// "Not done" is believed after the quiet time only.
    package static let quiet = Rules(rawValue: 1 << 6)
    /// Whose key was changed before a reading adds nothing to it.
    package static let changedAddsNothing = Rules(rawValue: 1 << 7)
    /// Whom the order promises not to expose waits for the confirmed count.
    package static let barrier = Rules(rawValue: 1 << 8)
    /// Three authentication failures in a row stop everything.
    package static let breaker = Rules(rawValue: 1 << 9)

    package static let all = Rules(rawValue: .max)
  }
}

extension Engine {
  package var plan: Plan { shape.plan }
  var policy: Policy { shape.policy }
  var thresholds: Thresholds { shape.thresholds }

  func index(_ host: HostID) -> Int { Int(host.rawValue) }
  func id(_ index: Int) -> HostID { HostID(rawValue: UInt32(index)) }

  /// The instant of the latest event; asking for it copies nothing, as asking for `run` does.
  package var now: Timestamp { run.now }

  /// Whether the run is over.
  package var isFinished: Bool { run.finished }

  /// The limits in force, tuned ones included.
  package var maxExposed: Int { run.tuning.maxExposed ?? policy.maxExposed }
  var concurrency: Int { max(1, run.tuning.concurrency ?? policy.concurrency) }
  var concurrencyPerSite: Int? { run.tuning.concurrencyPerSite ?? policy.concurrencyPerSite }
  var failureBudget: Allowance { run.tuning.failureBudget ?? policy.failureBudget }

  /// The count of a KMS host that is certain; nil is unknown.
  func count(of kmsHost: Int) -> Int? { run.kmsHosts[kmsHost].count(under: thresholds) }

  /// Activations of a MAK that nobody holds and nobody spent.
  func free(_ mak: Int) -> Int { run.purses[mak].left - desk.held[mak] - desk.spent[mak] }

  /// What bearings follow from at an instant, beside their hosts.
  func filing(at now: Timestamp) -> Desk.Filing { Desk.Filing(era: run.lookEra, now: now) }

  /// Changes one host and keeps everything that follows from it.
  mutating func change<Result>(
    _ index: Int, at now: Timestamp, _ body: (inout HostRun) -> Result
  ) -> Result {
    let before = hosts[index].phase
    let result = body(&hosts[index])
    let after = hosts[index].phase
    if before != after { settleReservation(index, after) }
    let filing = filing(at: now)
    desk.file(index, hosts[index], filing)
    desk.attend(to: index, filed: filing)
    if before != after { followWave(shape.facts[index].wave, at: now) }
    return result
  }

  /// What a host at rest no longer needs goes back to the purse.
  private mutating func settleReservation(_ index: Int, _ phase: Phase) {
    switch phase {
    case .licensed, .restored, .failed, .skipped, .drifted:
      hosts[index].marks.remove(.reserved)
    case .stranded, .unsettled, .planned, .underWay, .unknown, .waiting, .check, .retrying: break
    case .ready: if hosts[index].touched < .key { hosts[index].marks.remove(.reserved) }
    }
    if case .retrying = phase, hosts[index].touched < .key { hosts[index].marks.remove(.reserved) }
  }

  /// Notes when a wave has come to rest, or is at work again.
  private mutating func followWave(_ wave: Int, at now: Timestamp) {
    guard run.waves[wave].stage == .open else { return }
    if isAtRest(wave) {
      if run.waves[wave].settledAt == nil { run.waves[wave].settledAt = now }
    } else {
      run.waves[wave].settledAt = nil
    }
  }

  /// Whether nothing of a wave is left to do; who only waits does not keep a renewal wave open.
  func isAtRest(_ wave: Int) -> Bool {
    let waiting = shape.waves[wave].isRenewal ? 0 : desk.count(.waiting, in: wave)
    return waiting + desk.count(.planned, in: wave) + desk.count(.ready, in: wave)
      + desk.count(.underWay, in: wave) + desk.count(.unknown, in: wave)
      + desk.count(.back, in: wave) == 0
  }

  /// Remembers a CMID; the second host of a KMS host that shows it is a twin.
  mutating func note(machineOf index: Int, at now: Timestamp) {
    let machine = hosts[index].machine
    guard machine != 0, machine != desk.shownMachine[index] else { return }
    desk.shownMachine[index] = machine
    let kmsHost = shape.facts[index].kmsHost
    if let first = desk.machines[kmsHost][machine] {
      guard first != index else { return }
      hosts[index].marks.insert(.twin)
      desk.file(index, hosts[index], filing(at: now))
      desk.stir(kmsHost)
    } else {
      desk.machines[kmsHost][machine] = index
    }
  }
}
