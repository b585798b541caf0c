import Engine
import Planning
import Randomness
import VolumeActivation

/// The smallest driver: an engine over a world, in virtual time.
struct Drive {
  var engine: Engine
  var world: World
  var log: [Event] = []
  var steps = 0
  /// Called after each event.
  var check: (Engine, World, Event) -> Void = { _, _, _ in }
  /// What a person says, and when.
  var commands: [(at: Timestamp, Command)] = []

  init(_ sketch: PlanSketch, seed: UInt64 = 1, counted: Int = 0) {
    let plan = sketch.plan
    engine = Engine(plan: plan)
    world = World(plan: plan, seed: seed, counted: counted)
  }

  mutating func feed(_ what: Event.What) {
    fold(Event(at: world.now, what))
  }

  private mutating func fold(_ event: Event) {
    engine.apply(event)
    log.append(event)
    check(engine, world, event)
  }

  /// Everything that is due at this instant.
  mutating func settle() {
    while true {
      var effects: [Effect] = []
      while let decision = engine.nextDecision(at: world.now) {
        fold(decision)
        if let effect = decision.effect { effects.append(effect) }
        precondition(log.count < 200_000, "endless: \(log.suffix(20))")
      }
      while let host = engine.nextLook(at: world.now) {
        world.push(Milliseconds(rawValue: 200 + Int64(world.chance.next() % 800)), .look(host))
      }
      while let kmsHost = engine.nextReading(at: world.now) {
        world.push(.seconds(1), .read(kmsHost))
      }
      for case .perform(let host, let step, let attempt) in effects {
        world.send(step, host, attempt: attempt)
      }
      if effects.isEmpty { break }
    }
  }

  /// Runs until nothing is due any more, or the limit has come.
  mutating func run(for span: Milliseconds = .days(3)) {
    let end = world.now + span
    feed(.started(epoch: engine.run.epoch + 1))
    settle()
    while !engine.run.finished {
      steps += 1
      let wake = engine.nextWake(after: world.now)
      let next = [world.queue.first?.at, wake, commands.first?.at].compactMap { $0 }.min()
      guard let next, next <= end else { break }
      world.now = max(world.now, next)
      if let command = commands.first, command.at <= world.now {
        commands.removeFirst()
        feed(.commanded(command.1))
      } else if let pending = world.queue.first, pending.at <= world.now {
        world.queue.removeFirst()
        deliver(pending.what)
      }
      settle()
    }
  }

  private mutating func deliver(_ what: World.Pending.What) {
    switch what {
    case .event(let event): feed(event)
    case .execute(let host, let step):
      let index = Int(host.rawValue)
      if let place = world.machines[index].running.firstIndex(of: step) {
        world.machines[index].running.remove(at: place)
      }
      _ = world.execute(step, index)
    case .look(let host):
      let index = Int(host.rawValue)
      let reachable =
        world.machines[index].reachable && !world.chance.happens(permille: world.faults.unreachable)
      feed(reachable ? .looked(host, world.look(index)) : .unread(host, .unreachable))
    case .read(let kmsHost):
      let number = Int(kmsHost.rawValue)
      feed(
        .read(
          kmsHost,
          KMSReading(
            count: UInt16(world.kmsHosts[number].count(at: world.now)),
            bootedAt: world.kmsBoot[number])))
    }
  }

  /// The process dies: what was sent stays sent, nobody hears the answers.
  mutating func crash() {
    world.queue.removeAll { pending in
      switch pending.what {
      case .event, .look, .read: true
      case .execute: false
      }
    }
    engine = Engine(restoring: engine.plan, hosts: engine.hosts, run: engine.run)
  }

  func count(_ phase: Phase) -> Int {
    engine.hosts.count { $0.phase == phase }
  }
}
