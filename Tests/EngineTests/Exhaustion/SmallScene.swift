import Engine
import Planning
import VolumeActivation

/// A small fleet while something happens to it: the engine is alive, and time has a number.
struct SmallScene {
  let setting: SmallFleet.Setting
  var engine: Engine
  var world: SmallWorld
  var now: Timestamp
  /// The first promise that was broken.
  var broken: String?

  /// Some time after everything that a state knows of, and long before anything that it waits for.
  init(_ fleet: SmallFleet) {
    setting = fleet.setting
    engine = setting.engine.restored(hosts: fleet.hosts, run: fleet.run)
    world = fleet.world
    now = fleet.run.now + Untimed.step
  }

  mutating func fold(_ what: Event.What) {
    fold(Event(at: now, what))
  }

  private mutating func fold(_ event: Event) {
    engine.apply(event)
    judge(event)
  }

  mutating func say(_ verb: Command.Verb) {
    fold(.commanded(Command(id: CommandID(rawValue: ""), verb: verb)))
  }

  /// Does what is due: decisions are durable at once, what they ask for is on its way, and whatever
  /// is to be looked at or read is asked for.
  mutating func settle() {
    var decisions = 0
    while let decision = engine.nextDecision(at: now) {
      fold(decision)
      if case .perform(let host, _, _)? = decision.effect {
        world.machines[Int(host.rawValue)].call = .sent
      }
      decisions += 1
      if decisions > 100 {
        broken = "endless decisions: \(decision)"
        break
      }
    }
    while let host = engine.nextLook(at: now) { world.looking |= 1 << UInt8(host.rawValue) }
    // Later than anything that a reading waits for: when it is due is the world's choice.
    if engine.nextReading(at: now + .days(40)) != nil, world.reading == nil {
      world.reading = count
    }
  }

  var count: UInt16 { UInt16(world.memory.count(at: .beginning)) }

  /// What a look at a host would show.
  func look(_ host: Int) -> Look {
    let machine = world.machines[host]
    return Look(
      key: machine.key, licensed: machine.licensed, pointsAtKMSHost: machine.points,
      settingsAsBefore: !machine.points, machine: UInt32(host + 1), bootedAt: .beginning)
  }

  /// What a host makes of a step, and answers.
  mutating func execute(_ step: Step, _ host: Int) -> Outcome {
    switch step {
    case .skms: world.machines[host].points = true
    case .rkms: world.machines[host].points = false
    case .ipk: (world.machines[host].key, world.machines[host].licensed) = (.target, false)
    case .ipkMAK: (world.machines[host].key, world.machines[host].licensed) = (.original, false)
    case .ato:
      guard world.machines[host].key == .target else { return .refused(0xC004_F014) }
      guard world.machines[host].points else { return .refused(.noKMSHost) }
      ask(host)
      if !world.machines[host].licensed { return .refused(.countTooLow) }
    case .cid, .atoMAK:
      guard world.machines[host].key == .original else { return .refused(0xC004_F014) }
      if step == .atoMAK { world.machines[host].burnt += 1 }
      world.machines[host].licensed = true
    }
    return .done
  }

  /// The host's request reaches the KMS host.
  mutating func ask(_ host: Int) {
    let threshold = setting.thresholds[setting.kinds[host]]
    let answer = world.memory.request(UInt8(host), threshold: threshold, at: .beginning)
    if answer >= threshold { world.machines[host].licensed = true }
  }

  /// The step that is under way at a host; nil when there is none.
  func stepUnderWay(_ host: Int) -> Step? {
    guard case .underWay(let step) = engine.hosts[host].phase else { return nil }
    return step
  }

  /// What came of the step that is under way becomes known.
  mutating func answer(_ host: Int, _ outcome: Outcome) {
    world.machines[host].call = .none
    let outcome = planted(outcome, of: engine.hosts[host].phase.step)
    fold(
      .answered(
        HostID(rawValue: UInt32(host)), attempt: engine.hosts[host].attempt, outcome))
  }

  /// What the driver makes of an outcome, with the faults that are planted in it.
  private func planted(_ outcome: Outcome, of step: Step?) -> Outcome {
    guard outcome == .silent(.lost) else { return outcome }
    if setting.plants.contains(.lostIsRefused), step == .atoMAK { return .silent(.unreachable) }
    return setting.plants.contains(.silenceIsDone) ? .done : outcome
  }

  /// The process dies and another takes the run up; nobody hears what is still to be answered.
  mutating func crash() {
    var hosts = engine.hosts
    if setting.plants.contains(.forgetsChange) {
      for host in hosts.indices where hosts[host].phase == .underWay(.ipk) {
        hosts[host] = setting.engine.hosts[host]
      }
    }
    takeUp(hosts, engine.run)
  }

  /// The process dies when it has sent what was decided since these rows were durable.
  mutating func crash(backTo durable: SmallFleet) {
    for host in world.machines.indices {
      guard world.machines[host].call == .sent, let step = stepUnderWay(host) else { continue }
      world.machines[host].late.append(step)
    }
    takeUp(durable.hosts, durable.run)
    settle()
  }

  private mutating func takeUp(_ hosts: [HostRun], _ run: RunState) {
    engine = setting.engine.restored(hosts: hosts, run: run)
    world.looking = 0
    world.reading = nil
    for host in world.machines.indices { world.machines[host].call = .none }
    fold(.started(epoch: engine.run.epoch + 1))
  }

  /// Changes a row of the run, which the engine hears of as after a restart.
  mutating func rewrite(of host: Int, _ body: (inout HostRun, Timestamp) -> Void) {
    var hosts = engine.hosts
    body(&hosts[host], now)
    engine = setting.engine.restored(hosts: hosts, run: engine.run)
  }
}
