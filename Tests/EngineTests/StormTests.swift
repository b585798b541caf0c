import Engine
import Planning
import Randomness
import Testing
import VolumeActivation

/// Random runs with faults, crashes and a person's commands; what must never be is looked for
/// after each event.
@Suite struct StormTests {
  static let seeds: Range<UInt64> = 0..<120

  @Test(arguments: seeds)
  func `no promise is broken in a storm`(seed: UInt64) {
    var storm = Storm(seed: seed)
    let broken = storm.run()
    #expect(broken == nil)
    #expect(storm.drive.engine.hosts.allSatisfy { $0.phase.isResting || $0.touched < .key })
  }

  @Test(arguments: seeds.prefix(100))
  func `the events of a run, folded again, give the same run`(seed: UInt64) {
    var storm = Storm(seed: seed)
    _ = storm.run()
    var again = Engine(plan: storm.drive.engine.plan)
    for event in storm.drive.log { again.apply(event) }
    #expect(again.hosts == storm.drive.engine.hosts)
    #expect(again.run == storm.drive.engine.run)
  }

  @Test(arguments: seeds.prefix(60))
  func `a run restored from its rows decides what the one that was never stopped decides`(
    seed: UInt64
  ) {
    var storm = Storm(seed: seed)
    _ = storm.run()
    let events = storm.drive.log
    var chance = SplitMix64(seed: seed ^ 0xABCD)
    let cut = Int(chance.next() % UInt64(events.count))
    var folded = Engine(plan: storm.drive.engine.plan)
    for event in events[..<cut] { folded.apply(event) }
    var restored = Engine(restoring: folded.plan, hosts: folded.hosts, run: folded.run)
    for later in [Milliseconds.zero, .minutes(3), .hours(3)] {
      let now = folded.run.now + later
      for _ in 0..<50 {
        let decision = folded.nextDecision(at: now)
        #expect(restored.nextDecision(at: now) == decision)
        guard let decision else { break }
        folded.apply(decision)
        restored.apply(decision)
      }
    }
  }

  @Test(arguments: seeds.prefix(60))
  func `the same events bring the same decisions`(seed: UInt64) {
    var first = Storm(seed: seed)
    var second = Storm(seed: seed)
    _ = first.run()
    _ = second.run()
    #expect(first.drive.log == second.drive.log)
  }
}

/// One random run.
struct Storm {
  var drive: Drive
  private var chance: SplitMix64

  init(seed: UInt64, rules: Engine.Rules = .all) {
    chance = SplitMix64(seed: seed &+ 77)
    var sketch = PlanSketch()
    sketch.servers = Int(chance.next() % 8)
    sketch.clients = 28 + Int(chance.next() % 12)
    sketch.rollout = Int(chance.next() % 40)
    sketch.rolloutServers = Int(chance.next() % 6)
    sketch.sites = 1 + Int(chance.next() % 4)
    sketch.activations = 60
    sketch.policy.failureBudget = .percent(50)
    sketch.policy.concurrency = 1 + Int(chance.next() % 64)
    if chance.happens(permille: 200) { sketch.policy.stepOrder = .documented }
    drive = Drive(sketch, seed: seed)
    drive.engine.rules = rules
    drive.world.faults = World.Faults(
      lost: Int(chance.next() % 80), late: Int(chance.next() % 40),
      refused: Int(chance.next() % 60), unreachable: Int(chance.next() % 60))
    for _ in 0..<chance.next() % 6 {
      let at = drive.world.now + Milliseconds(rawValue: Int64(chance.next() % 7_200_000))
      drive.commands.append((at, command(drive.engine.hosts.count)))
    }
    drive.commands.sort { $0.at < $1.at }
  }

  private mutating func command(_ hosts: Int) -> Command {
    let host = HostID(rawValue: UInt32(chance.next() % UInt64(hosts)))
    let verb: Command.Verb =
      switch chance.next() % 6 {
      case 0: .hold
      case 1: .skip(host)
      case 2: .rollback([host])
      case 3: .rollback((0..<UInt32(hosts)).map(HostID.init(rawValue:)))
      case 4: .retry((0..<UInt32(hosts)).map(HostID.init(rawValue:)), grant: 1)
      default: .tune(Tuning(concurrency: 1 + Int(chance.next() % 20)))
      }
    return Command(id: CommandID(rawValue: "\(chance.next())"), verb: verb)
  }

  /// Runs to the end, with crashes, releasing holds as a patient person would; the first broken
  /// promise, or nil.
  mutating func run() -> String? {
    let watch = Watch()
    drive.check = { engine, world, event in watch.see(engine, world, event) }
    for _ in 0..<40 {
      drive.run(for: Milliseconds(rawValue: 600_000 + Int64(chance.next() % 20_000_000)))
      if drive.engine.run.finished, drive.commands.isEmpty { break }
      drive.crash()
      let holds = drive.engine.run.holds.map(\.id)
      if !holds.isEmpty, chance.happens(permille: 700) {
        drive.feed(
          .commanded(Command(id: CommandID(rawValue: "resume"), verb: .resume(holds))))
      }
    }
    drive.commands = []
    drive.run(for: .days(4))
    return watch.broken
  }
}

/// Looks for broken promises.
final class Watch {
  private(set) var broken: String?

  private func fail(_ text: String) {
    if broken == nil { broken = text }
  }

  func see(_ engine: Engine, _ world: World, _ event: Event) {
    switch event.what {
    case .intended(let host, let step, _): judge(step, Int(host.rawValue), engine, world)
    case .looked(let host, _), .unread(let host, _), .answered(let host, _, _),
      .turned(let host, _), .resumed(let host), .unreadable(let host), .gaveUp(let host):
      judgeRest(Int(host.rawValue), engine, world)
    case .started, .read, .notRead, .commanded, .clockJumped, .window, .waveOpened, .waveSoaked,
      .waveClosed, .held, .released, .finished:
      break
    }
    let exposed = engine.hosts.count { $0.isExposed }
    if exposed > engine.plan.header.policy.maxExposed { fail("exposed \(exposed)") }
    let bound = engine.hosts.reduce(0) {
      $0 + Int($1.spent) + ($1.marks.contains(.reserved) ? Int($1.granted) - Int($1.spent) : 0)
    }
    if bound > engine.plan.header.maks[0].activationsLeft { fail("activations \(bound)") }
    if exposed != engine.exposed { fail("sum \(engine.exposed) of \(exposed)") }
  }

  private func judge(_ step: Step, _ index: Int, _ engine: Engine, _ world: World) {
    let host = engine.hosts[index]
    if !world.machines[index].running.allSatisfy({ $0 == .ato || $0 == .rkms || $0 == .skms }) {
      fail("\(step) for \(index) while \(world.machines[index].running) may still run")
    }
    switch step {
    case .ipk:
      if !host.marks.contains(.reserved) { fail("no way back for \(index)") }
      let path = engine.pathState(of: index)
      if !path.proved,
        engine.hosts.indices.contains(where: {
          $0 != index && engine.pathID(of: $0) == engine.pathID(of: index)
            && engine.hosts[$0].isExposed && engine.hosts[$0].phase.step?.isForward == true
            && !engine.hosts[$0].marks.contains(.counted)
        })
      {
        fail("two hosts on an unproved path")
      }
      // What the KMS host could reach if everybody who can still ask did.
      let kmsHost = world.kmsHosts[0]
      let able = engine.hosts.indices.filter { other in
        let run = engine.hosts[other]
        return run.touched == .key && run.isExposed && run.phase.step?.isForward == true
          || run.touched < .key && !run.phase.isResting
      }.filter { !kmsHost.remembers(world.machines[$0].cmid, at: world.now) }
      let threshold = world.machines[index].kind.threshold
      if kmsHost.count(at: world.now) + able.count < threshold {
        fail("changes \(index) though the count cannot be reached")
      }
    case .ipkMAK:
      if world.machines[index].key == .target, world.machines[index].licensed,
        host.reason == .rescue
      {
        fail("throws a KMS licence away to rescue \(index)")
      }
    case .skms, .ato, .cid, .atoMAK, .rkms: break
    }
  }

  private func judgeRest(_ index: Int, _ engine: Engine, _ world: World) {
    let host = engine.hosts[index]
    let machine = world.machines[index]
    let isTrue =
      switch host.phase {
      case .licensed: machine.key == .target && machine.licensed
      case .restored, .failed, .skipped: machine.key == .original && machine.licensed
      case .drifted: false
      case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .stranded,
        .unsettled:
        true
      }
    if !isTrue { fail("\(index) says \(host.phase), is \(machine)") }
    switch host.phase {
    case .licensed, .restored, .failed, .skipped:
      if machine.running.contains(where: { $0 == .ipk || $0 == .ipkMAK || $0 == .atoMAK }) {
        fail("\(index) rests while \(machine.running) still runs")
      }
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .drifted, .stranded,
      .unsettled:
      break
    }
    if machine.burnt > host.spent { fail("\(index) burnt \(machine.burnt) of \(host.spent)") }
  }
}
