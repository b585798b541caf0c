package import Engine
import Planning
import VolumeActivation

// Kills, and what a person says.
extension SimulationDriver {
  /// Whether the run is killed at this moment.
  mutating func strikes() -> Bool {
    moments += 1
    return moments == nextCrash
  }

  /// Plans the next kill, so that it is known at a commit what will be lost.
  mutating func scheduleCrash() {
    nextCrash = nil
    guard options.crashes > 0, crashes < options.mostCrashes else { return }
    var moment = moments + 1
    while Dice.fraction(draw()) >= options.crashes { moment += 1 }
    nextCrash = moment
  }

  /// The process dies and is started again; the machines go on meanwhile.
  ///
  /// - Parameter losing: Whether what was not durable is lost with it.
  /// - Returns: false, since the turn is over.
  mutating func crash(losing: Bool) -> Bool {
    crashes += 1
    for place in calls.indices {
      if calls[place].answersAt != .never { fleet.abandon(calls[place].ticket) }
      calls[place].answersAt = .never
      calls[place].looksAt = .never
      calls[place].last = nil
      calls[place].seen = nil
    }
    for place in readingsDue.indices { readingsDue[place] = nil }
    callsOut = 0
    if !losing { rows = (engine.hosts, engine.run) }
    engine = rehearsal.engine.restored(hosts: rows.hosts, run: rows.run)
    journal.removeLast(journal.count - durable)
    if Dice.fraction(dice.draw(.making, 0)) < options.replays { compareReplay() }
    countExtraGrants()
    scheduleCrash()
    for place in calls.indices where engine.hosts[place].touched == .nothing {
      calls[place].kept = nil
    }
    let pause = Dice.span(draw(), .seconds(1)...(.hours(6)))
    now = now + (draw() & 3 == 0 ? pause : .seconds(2))
    fleet.advance(to: now)
    epoch += 1
    fold(.started(epoch: epoch))
    approve()
    return false
  }

  /// What was durable, folded again, must be what the rows hold.
  private mutating func compareReplay() {
    var replayed = rehearsal.engine
    for event in journal { replayed.apply(event) }
    if replayed.run != engine.run || replayed.hosts != engine.hosts { violate(.replayDiffers) }
  }

  /// Approves every wave that waits for a person; a kill may have lost what was said before.
  mutating func approve() {
    for (place, wave) in plan.waves.enumerated()
    where wave.needsApproval && !engine.run.waves[place].approved {
      say(.approve(WaveID(rawValue: UInt16(place))))
    }
  }

  /// Whether no wave can go on without a person or a condition, and nobody needs watching.
  var isBlocked: Bool {
    guard !engine.run.holds.isEmpty || engine.run.waves.contains(where: { !$0.approved }) else {
      return false
    }
    let isWatching = engine.hosts.contains { host in
      switch host.phase {
      case .planned, .licensed, .restored, .failed, .skipped, .drifted, .stranded, .unsettled:
        host.wish != .none
      case .ready(let step), .retrying(let step): host.touched == .key || !step.isForward
      case .underWay, .unknown, .waiting, .check: true
      }
    }
    guard !isWatching else { return false }
    if engine.run.holds.contains(where: { $0.scope == .run }) { return true }
    let waves = engine.run.waves
    let open = waves.indices.filter { waves[$0].stage == .open || waves[$0].stage == .soaked }
    let next = waves.indices.first { waves[$0].stage == .pending }
    let candidates = open.isEmpty ? next.map { [$0] } ?? [] : open
    return !candidates.isEmpty
      && candidates.allSatisfy { place in
        engine.run.holds.contains {
          $0.scope == .wave(WaveID(rawValue: UInt16(place)))
            || $0.scope == .kmsHost(plan.waves[place].kmsHost)
        }
      }
  }

  /// A person releases the holds of a run that cannot go on; false when nobody does.
  mutating func resume() -> Bool {
    guard resumptions < options.resumptions, !engine.run.holds.isEmpty else { return false }
    resumptions += 1
    now = now + options.resumesAfter
    fleet.advance(to: now)
    while let entry = agenda.take(by: now) { _ = entry }
    schedulePerson()
    say(.resume(engine.run.holds.map(\.id)))
    return true
  }

  /// Plans when a person says something next.
  mutating func schedulePerson() {
    guard options.commandsPerDay > 0 else { return }
    let mean = Double(Milliseconds.days(1).rawValue) / options.commandsPerDay
    let bits = draw()
    personDue = now + Milliseconds(rawValue: 1 + Int64(Dice.fraction(bits) * 2 * mean))
    agenda.add(Agenda.Entry(at: personDue, .person, 0))
  }

  /// A person says something, whatever it is.
  mutating func speak() {
    let bits = draw()
    let count = UInt64(max(1, plan.hosts.count))
    let host = HostID(rawValue: UInt32((bits >> 8) % count))
    switch bits % 8 {
    case 0: say(.hold)
    case 1, 2, 3: say(.resume(engine.run.holds.map(\.id)))
    case 4: say(.skip(host))
    case 5: say(.rollback([host]))
    case 6:
      let stranded = engine.hosts.indices.filter { engine.hosts[$0].phase == .stranded }
      if let place = stranded.first {
        say(.retry([HostID(rawValue: UInt32(place))], grant: UInt8(bits >> 40 & 1)))
      }
    default:
      var tuning = Tuning()
      tuning.concurrency = 1 + Int(bits >> 40 & 63)
      say(.tune(tuning))
    }
    schedulePerson()
  }

  package mutating func say(_ verb: Command.Verb) {
    commands += 1
    fold(.commanded(Command(id: CommandID(rawValue: "simulated-\(commands)"), verb: verb)))
  }
}
