import Engine
import Planning
import VolumeActivation

/// What one process knows of a run beside the engine: what is under way, and what is not durable.
struct Shell {
  var engine: Engine
  let ports: RunPorts
  let options: RunOptions
  let courier: Courier
  let window: WindowSchedule?
  /// The published keys of the hosts of each KMS host, which its host key must cover.
  let products: [[ClientSetupKey]]

  /// Folded, not yet handed to a commit.
  var pending = Pending()
  /// What the commit under way writes; nil when there is none.
  var committing: Pending?
  /// What observers hear once that is durable.
  var notice: RunNotice?
  /// What the last commit wrote, until its effects are sent.
  var durable: Pending?
  /// Calls that have not come back: looks, readings and steps.
  var calls = 0
  /// The last state seen of hosts that were not changed then: the checkpoint, should they be.
  var seen: [HostID: HostState] = [:]
  /// What was kept of hosts that were begun in this process.
  var checkpoints: [HostID: HostState] = [:]
  /// Hosts as they were last handed to a commit.
  var written: [HostRun]
  /// When the pauses under way end, on the monotonic clock.
  var pauses: Set<Milliseconds> = []
  var time: RunTime
  /// Whether the hours of the window are to be looked at again, however long they were to last.
  var doubtsWindow = false
  var replies: [Reply] = []
  /// Commands that were answered, now or by an earlier process.
  var answered: Set<CommandID>
  /// Those that the process was started with, in their order.
  var asked: [CommandID] = []
  /// Hosts that it was told to take back.
  var takingBack: Set<HostID> = []
  var stopping = Stopping.no
  var freeze: Freeze?
  /// Whether the stops must be watched for another one.
  var wantsStop = false
  var wantsCommands = false
  /// Events folded by this process.
  var folds = 0
  var lastCall = LastCall.none
  var ending: RunEnding?

  /// Whether somebody may still want something of a run that would end by itself.
  enum LastCall: Equatable {
    case none
    /// The inbox is being read, since this many events were folded.
    case asking(since: Int)
    /// Nothing was left in the inbox when it was read after this many events.
    case nothing(since: Int)
  }

  /// How far the process was asked to end.
  enum Stopping: Equatable {
    case no
    /// No unchanged host is begun; steps in flight end, until the instant on the monotonic clock.
    case draining(until: Milliseconds)
    /// Nothing more is sent.
    case atOnce
  }

  /// Nothing is sent while the journal cannot be written.
  struct Freeze {
    /// The hold that says so; nil before it could be written.
    var hold: HoldID?
    /// Steps whose intents are durable and which were not sent.
    var unsent: [Effect] = []
    /// When room is looked for next, on the monotonic clock; nil while that is under way.
    var nextCheck: Milliseconds?
    /// Whether what waits may be tried again.
    var mayCommit = true
  }

  init(engine: Engine, ports: RunPorts, options: RunOptions, answered: Set<CommandID>) {
    let plan = engine.plan
    self.engine = engine
    self.ports = ports
    self.options = options
    self.answered = answered
    written = engine.hosts
    courier = Courier(
      client: ports.client, clock: ports.clock, timeout: plan.header.policy.operationTimeout)
    window = plan.header.policy.window.flatMap(WindowSchedule.init)
    time = RunTime(ports.clock, after: engine.run.now)
    var targets = plan.header.kmsHosts.map { _ in [String: ClientSetupKey]() }
    for host in plan.hosts {
      let records = ClientSetupKeys.published.records(endingWith: host.to)
      guard let record = records.first(where: { $0.product == host.product }) ?? records.first
      else { continue }
      targets[Int(host.kmsHost.rawValue)][record.product] = record
    }
    products = targets.map { $0.sorted { $0.key < $1.key }.map(\.value) }
  }

  var plan: Plan { engine.plan }

  /// Now, never before the last event.
  var now: Timestamp { max(time.now, engine.run.now) }

  func planned(_ host: HostID) -> PlannedHost { engine.plan.hosts[Int(host.rawValue)] }

  var report: RunReport {
    RunReport(
      ending: ending ?? .interrupted, hosts: engine.hosts, run: engine.run, replies: replies)
  }

  /// Folds an event and remembers what of it has to become durable, and what to send then.
  mutating func fold(_ what: Event.What) { fold(Event(at: now, what)) }

  mutating func fold(_ event: Event) {
    if case .intended(let host, _, _) = event.what { keepCheckpoint(of: host) }
    engine.apply(event)
    folds += 1
    pending.events.append(event)
    if let effect = event.effect { pending.effects.append(effect) }
    switch event.what {
    case .looked(let host, _), .unread(let host, _), .answered(let host, _, _),
      .intended(let host, _, _), .turned(let host, _), .resumed(let host), .unreadable(let host),
      .gaveUp(let host):
      noteChange(of: host)
    case .read, .notRead, .clockJumped, .window, .waveOpened, .waveClosed, .held, .finished: break
    case .started, .commanded, .waveSoaked, .released:
      for index in engine.hosts.indices { noteChange(of: HostID(rawValue: UInt32(index))) }
    }
  }

  private mutating func noteChange(of host: HostID) {
    let index = Int(host.rawValue)
    let state = engine.hosts[index]
    guard state != written[index] else { return }
    written[index] = state
    pending.hosts.append(host)
    if state.phase.isResting { checkpoints[host] = nil }
  }

  /// The first intent of a host takes what was last seen of it into the journal.
  private mutating func keepCheckpoint(of host: HostID) {
    guard engine.hosts[Int(host.rawValue)].touched == .nothing,
      let state = seen.removeValue(forKey: host)
    else { return }
    pending.checkpoints.append(Checkpoint(host: host, state: state))
    checkpoints[host] = state
  }
}
