import Engine
import Planning
import VolumeActivation

/// A run driven by hand: looks and readings are answered at once from what the test says, steps as
/// the test says, and time stands still unless it is told to go on.
struct Hand {
  var engine: Engine
  var now = Timestamp(rawValue: 1_000_000_000)
  /// What each host would show to a look.
  var states: [Look]
  /// What each KMS host would say of itself.
  var readings: [KMSReading]
  /// Hosts that do not answer looks.
  var silent: [HostID: Silence] = [:]
  /// What comes of a step; nil leaves it under way.
  var reply: (HostID, Step) -> Outcome? = { _, _ in .done }
  /// Whom the first KMS host has counted, once a test makes it count.
  var counter: Counted?
  /// Whether the KMS hosts are read when the engine asks for it.
  var readsKMSHosts = true
  /// Steps that have no answer yet.
  var underWay: [(host: HostID, step: Step, attempt: UInt32)] = []
  var log: [Event] = []
  /// The greatest number of hosts that were exposed at one time.
  var mostExposed = 0
  /// The greatest number of exposed hosts that waited at one time.
  var mostWaiting = 0

  init(_ sketch: PlanSketch, rules: Engine.Rules = .all) {
    self.init(sketch.plan, rules: rules)
  }

  init(_ plan: Plan, rules: Engine.Rules = .all) {
    engine = Engine(plan: plan)
    engine.rules = rules
    states = plan.hosts.enumerated().map { index, host in
      Look(
        key: host.action == .ask ? .target : .original, licensed: host.licensed,
        pointsAtKMSHost: host.action == .ask, settingsAsBefore: host.action != .ask,
        machine: UInt32(index + 1), bootedAt: Timestamp(rawValue: 0))
    }
    readings = plan.header.kmsHosts.map { _ in
      KMSReading(count: 0, bootedAt: Timestamp(rawValue: 0))
    }
    feed(.started(epoch: 1))
  }
}

extension Hand {
  /// Folds what the world or a person says.
  mutating func feed(_ what: Event.What) {
    take(Event(at: now, what))
  }

  private mutating func take(_ event: Event) {
    engine.apply(event)
    log.append(event)
    precondition(log.count < 50_000, "endless: \(log.suffix(12))")
  }

  @discardableResult
  mutating func say(_ verb: Command.Verb) -> Reply? {
    feed(.commanded(Command(id: CommandID(rawValue: "\(log.count)"), verb: verb)))
    return engine.reply
  }

  /// Does everything that is due now, until the engine wants nothing more.
  mutating func settle() {
    var isBusy = true
    while isBusy {
      isBusy = false
      while let decision = engine.nextDecision(at: now) {
        isBusy = true
        take(decision)
        mostExposed = max(mostExposed, engine.exposed)
        mostWaiting = max(
          mostWaiting, engine.hosts.count { $0.isExposed && $0.phase == .waiting })
        if case .perform(let host, let step, let attempt)? = decision.effect {
          underWay.append((host, step, attempt))
        }
      }
      while let host = engine.nextLook(at: now) {
        isBusy = true
        if let silence = silent[host] {
          feed(.unread(host, silence))
        } else {
          feed(.looked(host, states[Int(host.rawValue)]))
        }
      }
      while readsKMSHosts, let kmsHost = engine.nextReading(at: now) {
        isBusy = true
        if let counter, kmsHost.rawValue == 0 { readings[0].count = UInt16(counter.count) }
        feed(.read(kmsHost, readings[Int(kmsHost.rawValue)]))
      }
      for sent in underWay {
        guard let outcome = reply(sent.host, sent.step) else { continue }
        isBusy = true
        answer(sent.host, outcome)
      }
    }
  }

  /// Answers the step that is under way at a host, as the host would then be.
  mutating func answer(_ host: HostID, _ outcome: Outcome) {
    guard let place = underWay.firstIndex(where: { $0.host == host }) else { return }
    let sent = underWay.remove(at: place)
    if outcome == .done { execute(sent.step, host) }
    feed(.answered(host, attempt: sent.attempt, outcome))
  }

  /// What a step makes of a host.
  mutating func execute(_ step: Step, _ host: HostID) {
    let index = Int(host.rawValue)
    switch step {
    case .skms: (states[index].pointsAtKMSHost, states[index].settingsAsBefore) = (true, false)
    case .ipk: (states[index].key, states[index].licensed) = (.target, false)
    case .ato, .cid, .atoMAK: states[index].licensed = true
    case .ipkMAK: (states[index].key, states[index].licensed) = (.original, false)
    case .rkms: (states[index].pointsAtKMSHost, states[index].settingsAsBefore) = (false, true)
    }
  }

  /// Lets time pass in one piece, and does what is due then.
  mutating func wait(_ span: Milliseconds) {
    now = now + span
    settle()
  }

  /// Lets time pass, doing what is due whenever something is.
  mutating func run(for span: Milliseconds) {
    let end = now + span
    settle()
    while let wake = engine.nextWake(after: now), wake <= end {
      now = max(now, wake)
      settle()
    }
    now = end
    settle()
  }

  /// The process dies: what was under way stays so, nobody hears the answers.
  mutating func restart() {
    underWay = []
    engine = {
      var again = Engine(restoring: engine.plan, hosts: engine.hosts, run: engine.run)
      again.rules = engine.rules
      return again
    }()
    feed(.started(epoch: engine.run.epoch + 1))
  }
}

extension Hand {
  func phase(_ host: Int) -> Phase { engine.hosts[host].phase }

  /// Hosts that were sent a step, in the order of its intents.
  func intents(of step: Step) -> [HostID] {
    log.compactMap { event in
      guard case .intended(let host, step, _) = event.what else { return nil }
      return host
    }
  }

  /// Why the run holds, in the order in which the holds were raised.
  var reasons: [Hold.Reason] { engine.run.holds.map(\.reason) }

  func count(_ phase: Phase) -> Int { engine.hosts.count { $0.phase == phase } }

  func stage(_ wave: Int) -> WaveState.Stage { engine.run.waves[wave].stage }

  /// A KMS host that counts whoever asks it and relieves whom its count suffices for.
  ///
  /// - Parameter counted: Machines counted before.
  mutating func countWhoeverAsks(counted: Int = 0) {
    let asked = Counted(counted)
    let kinds = engine.plan.hosts.map(\.kind)
    reply = { host, step in
      guard step == .ato else { return .done }
      asked.hosts.insert(host)
      return asked.count >= kinds[Int(host.rawValue)].threshold ? .done : .refused(.countTooLow)
    }
    readings[0].count = UInt16(counted)
    counter = asked
  }
}

extension Hand {
  /// Sends everybody on, but one host is gone since its `skms` was sent.
  mutating func lose(_ host: HostID) {
    countWhoeverAsks()
    let counting = reply
    reply = { $0 == host && $1 == .skms ? nil : counting($0, $1) }
    settle()
    silent[host] = .unreachable
    answer(host, .silent(.lost))
    reply = counting
  }
}

/// Who has asked a KMS host, shared between a test's replies and its readings.
final class Counted {
  var hosts: Set<HostID> = []
  var before: Int
  /// What the KMS host's memory holds.
  var limit = 50
  var count: Int { min(limit, before + hosts.count) }

  init(_ before: Int) { self.before = before }
}
