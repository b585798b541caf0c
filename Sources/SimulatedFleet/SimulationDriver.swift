package import Engine
package import Planning
package import VolumeActivation

/// Runs a plan on a simulated fleet in virtual time: no task, no thread, no sleep.
///
/// It does what the executor does, synchronously: what the engine decides is committed in groups,
/// what is durable is sent, answers come back at their instants. It kills the run at random moments
/// and takes it up from what was durable, speaks for an operator, and checks after every event what
/// must never happen. The same seed gives the same run.
package struct SimulationDriver: Sendable {
  package let rehearsal: Rehearsal
  package let options: SimulationOptions
  package internal(set) var fleet: SimulatedFleet
  package internal(set) var engine: Engine
  package internal(set) var now: Timestamp
  package internal(set) var violations: [Violation] = []

  let seed: UInt64
  let dice: Dice
  let start: Timestamp
  var draws = 0
  var epoch: UInt32 = 1
  /// Everything that was folded.
  package internal(set) var journal: [Event] = []
  /// How many of its events are durable.
  var durable = 0
  /// What the journal's rows hold at the last commit before a kill.
  var rows: (hosts: [HostRun], run: RunState)
  /// Moments at which the run could have been killed so far.
  var moments = 0
  /// The moment of the next kill; nil is never.
  var nextCrash: Int?
  var agenda = Agenda()
  var calls: [Call]
  var readingsDue: [Timestamp?]
  var readingsSilent: [Silence?]
  /// Calls that have not come back.
  var callsOut = 0
  var checked = 0
  /// Activations that a person granted beyond the plan.
  var extraGrants = 0
  var crashes = 0
  var looks = 0
  var readings = 0
  var steps = 0
  var commands = 0
  var resumptions = 0
  var personDue = Timestamp.never
  var reasons: [Hold.Reason] = []

  /// What is under way with one host, and what is kept of it.
  struct Call: Sendable {
    var ticket = -1
    var attempt: UInt32 = 0
    var answersAt = Timestamp.never
    var looksAt = Timestamp.never
    var lookSilence: Silence?
    var seen: KeptHost?
    var kept: KeptHost?
    /// The last look that was folded; nil before the first.
    var last: Look?
  }

  package init(
    plan: Plan, blueprint: FleetBlueprint, seed: UInt64, faults: FaultProfile = .none,
    options: SimulationOptions = SimulationOptions()
  ) {
    self.init(
      Rehearsal(plan: plan, blueprint: blueprint), seed: seed, faults: faults, options: options)
  }

  package init(
    _ rehearsal: Rehearsal, seed: UInt64, faults: FaultProfile = .none,
    options: SimulationOptions = SimulationOptions()
  ) {
    self.rehearsal = rehearsal
    self.options = options
    self.seed = seed
    fleet = SimulatedFleet(rehearsal.blueprint, seed: seed, faults: faults)
    engine = rehearsal.engine
    rows = (engine.hosts, engine.run)
    dice = Dice(seed: seed ^ 0x5EED_0F_0FE7_A705)
    now = fleet.now
    start = fleet.now
    let plan = rehearsal.plan
    calls = Array(repeating: Call(), count: plan.hosts.count)
    readingsDue = Array(repeating: nil, count: plan.header.kmsHosts.count)
    readingsSilent = Array(repeating: nil, count: plan.header.kmsHosts.count)
    journal.reserveCapacity(12 * plan.hosts.count)
  }

  package var plan: Plan { rehearsal.plan }

  /// Runs to the end.
  package mutating func run() -> SimulationReport {
    fold(.started(epoch: epoch))
    if plan.header.policy.window != nil {
      fold(.window(open: true, until: now + .days(3650)))
    }
    approve()
    schedulePerson()
    scheduleCrash()
    var ending: SimulationReport.Ending?
    while ending == nil {
      if !pump() { continue }
      ending = step()
    }
    if ending != .outOfTime { checkEnd(ending ?? .finished) }
    return report(ending ?? .finished)
  }

  /// Folds what the world said or the engine decided.
  mutating func fold(_ what: Event.What) {
    fold(Event(at: max(now, engine.now), what))
  }

  private mutating func fold(_ event: Event) {
    switch event.what {
    case .intended(let host, let step, _): checkIntent(host, step)
    case .held(let hold): if !reasons.contains(hold.reason) { reasons.append(hold.reason) }
    case .started, .looked, .unread, .answered, .read, .notRead, .commanded, .clockJumped, .window,
      .turned, .resumed, .unreadable, .gaveUp, .waveOpened, .waveSoaked, .waveClosed, .released,
      .finished:
      break
    }
    engine.apply(event)
    journal.append(event)
    check(after: event)
  }

  /// Does everything that follows at this instant; false when the run was killed.
  private mutating func pump() -> Bool {
    var turns = 0
    while let decision = engine.nextDecision(at: now) {
      fold(decision)
      turns += 1
      if turns > 100 + 40 * calls.count {
        violate(.livelock)
        break
      }
    }
    if strikes() { return crash(losing: true) }
    let begun = durable
    durable = journal.count
    // Two more moments pass before what is folded next can be lost.
    if nextCrash == moments + 3 { rows = (engine.hosts, engine.run) }
    if strikes() { return crash(losing: false) }
    for place in begun..<durable {
      if let effect = journal[place].effect { send(effect) }
    }
    while let host = engine.nextLook(at: now) { sendLook(Int(host.rawValue)) }
    while let kmsHost = engine.nextReading(at: now) { sendReading(Int(kmsHost.rawValue)) }
    if strikes() { return crash(losing: false) }
    return true
  }

  private mutating func send(_ effect: Effect) {
    guard case .perform(let host, let step, let attempt) = effect else { return }
    let place = Int(host.rawValue)
    let sent = fleet.send(action(step, place), to: place, at: now)
    steps += 1
    callsOut += 1
    calls[place].ticket = sent.ticket
    calls[place].attempt = attempt
    calls[place].answersAt = sent.answersAt
    agenda.add(Agenda.Entry(at: sent.answersAt, .answer, place))
  }

  private func action(_ step: Step, _ place: Int) -> FleetAction {
    let blueprint = rehearsal.blueprint
    switch step {
    case .skms: return .setKMS(blueprint.wantedSlots[place])
    case .ipk: return .installKey(blueprint.traits[place].target)
    case .ato, .atoMAK: return .activate
    case .ipkMAK: return .installKey(blueprint.traits[place].original)
    case .cid:
      let stored = blueprint.profiles[place].confirmation
      return .deposit(
        confirmation: stored?.confirmationHash ?? 0, installation: stored?.installationHash ?? 0)
    case .rkms: return .setKMS(calls[place].kept?.setting ?? .discovered)
    }
  }

  private mutating func sendLook(_ place: Int) {
    let (at, silence) = fleet.sendLook(to: place, at: now)
    looks += 1
    callsOut += 1
    calls[place].looksAt = at
    calls[place].lookSilence = silence
    agenda.add(Agenda.Entry(at: at, .look, place))
  }

  private mutating func sendReading(_ place: Int) {
    let (at, silence) = fleet.sendReading(of: place, at: now)
    readings += 1
    callsOut += 1
    readingsDue[place] = at
    readingsSilent[place] = silence
    agenda.add(Agenda.Entry(at: at, .reading, place))
  }

  /// Goes on to the next instant at which something happens; tells when the run is over.
  private mutating func step() -> SimulationReport.Ending? {
    if callsOut == 0, engine.isFinished { return .finished }
    if callsOut == 0, isBlocked {
      guard resume() else { return .held }
      return nil
    }
    let wake = engine.nextWake(after: now).map { max($0, now + Milliseconds(rawValue: 1)) }
    guard let due = min(agenda.next, wake) else {
      guard resume() else { return .held }
      return nil
    }
    let next = max(due, now)
    guard next - start <= options.horizon else { return .outOfTime }
    fleet.advance(to: next)
    now = next
    while let entry = agenda.take(by: now) { deliver(entry) }
    return nil
  }

  private mutating func deliver(_ entry: Agenda.Entry) {
    let place = entry.index
    switch entry.kind {
    case .answer:
      guard calls[place].answersAt == entry.at else { return }
      calls[place].answersAt = .never
      callsOut -= 1
      let outcome = fleet.collect(calls[place].ticket)
      let host = HostID(rawValue: UInt32(place))
      fold(.answered(host, attempt: calls[place].attempt, outcome))
    case .look:
      guard calls[place].looksAt == entry.at else { return }
      calls[place].looksAt = .never
      callsOut -= 1
      deliverLook(place)
    case .reading:
      guard readingsDue[place] == entry.at else { return }
      readingsDue[place] = nil
      callsOut -= 1
      let kmsHost = KMSHostID(rawValue: UInt16(place))
      if let silence = readingsSilent[place] {
        fold(.notRead(kmsHost, silence))
      } else {
        fold(.read(kmsHost, fleet.reading(ofKMSHost: place, at: now)))
      }
    case .person:
      if entry.at == personDue { speak() }
    case .restart, .operation, .thirdParty, .ownAsk, .foreigner, nil: break
    }
  }

  private mutating func deliverLook(_ place: Int) {
    let host = HostID(rawValue: UInt32(place))
    if let silence = calls[place].lookSilence {
      fold(.unread(host, silence))
      return
    }
    let isChanged = engine.hosts[place].touched != .nothing
    if !isChanged { calls[place].seen = fleet.kept(place) }
    let look = fleet.look(
      place, kept: isChanged ? calls[place].kept : nil,
      isMigration: rehearsal.plan.hosts[place].action == .migrate, at: now)
    calls[place].last = look
    fold(.looked(host, look))
  }

  mutating func violate(_ what: Violation.Kind) {
    guard violations.count < 100 else { return }
    violations.append(Violation(at: now, what: what))
  }

  /// A random number; the next is another one.
  mutating func draw() -> UInt64 {
    draws += 1
    return dice.draw(.making, draws)
  }
}

/// The earlier of two instants that there are.
private func min(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
  guard let left else { return right }
  guard let right else { return left }
  return Swift.min(left, right)
}
