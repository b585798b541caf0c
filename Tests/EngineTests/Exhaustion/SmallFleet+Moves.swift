import Engine
import Planning
import VolumeActivation

/// One thing that happens to a small fleet.
enum SmallMove: Hashable, Sendable {
  /// A host carries out the step that was sent to it.
  case executes(Int)
  /// The answer of a step that was carried out comes in.
  case arrives(Int)
  /// A step was carried out and its answer comes in, or it is refused like this.
  case answers(Int, Outcome)
  /// The same, and the activation is gone all the same.
  case burns(Int)
  case losesRequest(Int)
  case losesAnswer(Int)
  /// The caller gives up, and the host does not.
  case givesUp(Int)
  case executesLate(Int, Step)
  case shows(Int)
  case isSilent(Int, forLong: Bool)
  case reads
  /// A reading comes in that was made before whatever happened since it was asked for.
  case readsThePast
  case kmsHostIsSilent
  case due(Int)
  case deadline(Int)
  case quiet(Int)
  case looksAge(Int)
  case asksByItself(Int)
  case foreignAsks
  case kmsHostRestarts
  /// The process dies; these hosts, as bits, still work on what was sent to them.
  case crash(working: UInt8)
  /// The process dies after it sent what was not durable; only where that fault is planted.
  case crashAfterSending
  case hold
  case resume
  case skip(Int)
  case rollback(Int)
  case rollbackAll
  case retry(Int, grant: UInt8)
}

extension SmallFleet: Explorable {
  var isAtRest: Bool {
    hosts.indices.allSatisfy { host in
      hosts[host].phase.isResting
        || hosts[host].touched < .key && world.machines[host].call == .none
    }
  }

  func successors(_ found: (SmallMove, MoveSort, SmallFleet, String?) -> Void) {
    let scene = SmallScene(self)
    scene.forEachMove { move, sort in
      var next = scene
      next.make(move)
      let after = SmallFleet(next)
      if after != self || next.broken != nil {
        found(move, sort, after, next.broken ?? next.brokenPromise)
      }
      if setting.plants.contains(.sendsFirst) {
        next.crash(backTo: self)
        found(.crashAfterSending, .fault, SmallFleet(next), next.broken ?? next.brokenPromise)
      }
    }
  }
}

extension SmallScene {
  /// Names all that can happen now.
  func forEachMove(_ found: (SmallMove, MoveSort) -> Void) {
    let alphabet = setting.alphabet
    for host in engine.hosts.indices {
      forEachStepMove(host, found)
      forEachTimer(of: host, found)
      let machine = world.machines[host]
      for step in Set(machine.late) { found(.executesLate(host, step), .progress) }
      if world.looking & 1 << UInt8(host) != 0 {
        found(.shows(host), .progress)
        if alphabet.contains(.silence) {
          found(.isSilent(host, forLong: false), .fault)
          if engine.hosts[host].silentSince != nil { found(.isSilent(host, forLong: true), .fault) }
        }
      }
      let isKnown = machine.licensed && world.memory.remembers(UInt8(host), at: .beginning)
      if alphabet.contains(.selfAsk), machine.key == .target, machine.points, !isKnown {
        found(.asksByItself(host), .progress)
      }
      forEachCommand(about: host, found)
    }
    if let seen = world.reading {
      found(.reads, .progress)
      if alphabet.contains(.slowReadings), seen != count || world.hasRestarted {
        found(.readsThePast, .progress)
      }
      if alphabet.contains(.silence) { found(.kmsHostIsSilent, .fault) }
    }
    if alphabet.contains(.restart) {
      if world.restartsLeft > 0 { found(.kmsHostRestarts, .fault) }
      if nextForeign != nil { found(.foreignAsks, .progress) }
    }
    if alphabet.contains(.crash) { forEachCrash(found) }
    if alphabet.contains(.hold) {
      if !isHeldByPerson { found(.hold, .command) }
    }
    if !engine.run.holds.isEmpty { found(.resume, .command) }
    if alphabet.contains(.rollback) { found(.rollbackAll, .command) }
  }

  var isHeldByPerson: Bool { engine.run.holds.contains { $0.reason == .operatorAsked } }

  /// The next of the foreign machines that the KMS host has forgotten.
  private var nextForeign: UInt8? {
    (0..<setting.foreign).map { UInt8(100 + $0) }
      .first { !world.memory.remembers($0, at: .beginning) }
  }

  private func forEachStepMove(_ host: Int, _ found: (SmallMove, MoveSort) -> Void) {
    let alphabet = setting.alphabet
    guard let step = stepUnderWay(host) else { return }
    switch world.machines[host].call {
    case .none: break
    case .sent:
      found(alphabet.contains(.slowAnswers) ? .executes(host) : .answers(host, .done), .progress)
      if alphabet.contains(.lost) {
        found(.losesRequest(host), .fault)
        found(.losesAnswer(host), .fault)
      }
      if alphabet.contains(.late), world.machines[host].late.count < 2 {
        found(.givesUp(host), .fault)
      }
      if alphabet.contains(.again) { found(.answers(host, .silent(.unreachable)), .fault) }
      if alphabet.contains(.never) { found(.answers(host, .refused(step.finalRefusal)), .fault) }
      if alphabet.contains(.blocked), step == .atoMAK {
        found(.answers(host, .refused(.makBlocked)), .fault)
        found(.burns(host), .fault)
      }
    case .answering:
      found(.arrives(host), .progress)
      if alphabet.contains(.lost) { found(.losesAnswer(host), .fault) }
    }
  }

  private func forEachTimer(of host: Int, _ found: (SmallMove, MoveSort) -> Void) {
    let run = engine.hosts[host]
    if let due = run.due, due > now { found(.due(host), .progress) }
    if !setting.alphabet.contains(.patience), let deadline = run.deadline, deadline > now {
      found(.deadline(host), .progress)
    }
    if run.isBecomingQuiet(at: now), world.machines[host].late.isEmpty {
      found(.quiet(host), .progress)
    }
    if setting.alphabet.contains(.oldLooks), run.lookEra == engine.run.lookEra,
      let seen = run.lookedAt, seen + Untimed.span > now
    {
      found(.looksAge(host), .progress)
    }
  }

  private func forEachCommand(about host: Int, _ found: (SmallMove, MoveSort) -> Void) {
    let alphabet = setting.alphabet
    if alphabet.contains(.skip) { found(.skip(host), .command) }
    if alphabet.contains(.rollback) { found(.rollback(host), .command) }
    if alphabet.contains(.retry), engine.hosts[host].phase == .stranded {
      found(.retry(host, grant: 0), .command)
      found(.retry(host, grant: 1), .command)
    }
  }

  /// Each set of the hosts that were sent something may still work on it.
  private func forEachCrash(_ found: (SmallMove, MoveSort) -> Void) {
    var sent: UInt8 = 0
    for host in world.machines.indices where world.machines[host].call == .sent {
      if world.machines[host].late.count < 2 { sent |= 1 << UInt8(host) }
    }
    var working = setting.alphabet.contains(.late) ? sent : 0
    while true {
      found(.crash(working: working), .fault)
      guard working > 0 else { break }
      working = (working - 1) & sent
    }
  }
}

extension SmallScene {
  mutating func make(_ move: SmallMove) {
    switch move {
    case .executes(let host):
      if let step = stepUnderWay(host) {
        world.machines[host].call = .answering(execute(step, host))
      }
      return
    case .arrives(let host):
      if case .answering(let outcome) = world.machines[host].call { answer(host, outcome) }
    case .answers(let host, let outcome):
      if outcome == .done, let step = stepUnderWay(host) {
        answer(host, execute(step, host))
      } else {
        answer(host, outcome)
      }
    case .burns(let host):
      world.machines[host].burnt += 1
      answer(host, .refused(0x8007_2EE2))
    case .losesRequest(let host): answer(host, .silent(.lost))
    case .losesAnswer(let host):
      if world.machines[host].call == .sent, let step = stepUnderWay(host) {
        _ = execute(step, host)
        if setting.plants.contains(.sendsTwice) { _ = execute(step, host) }
      }
      answer(host, .silent(.lost))
    case .givesUp(let host):
      leaveWorking(host)
      answer(host, .silent(.lost))
    case .executesLate(let host, let step):
      if let place = world.machines[host].late.firstIndex(of: step) {
        world.machines[host].late.remove(at: place)
      }
      change(host) { _ = $0.execute(step, host) }
      return
    case .shows(let host):
      world.looking &= ~(1 << UInt8(host))
      world.machines[host].isChangedUnseen = false
      var look = look(host)
      if setting.plants.contains(.rescuesBlindly), engine.hosts[host].phase == .check {
        look.licensed = false
      }
      fold(.looked(HostID(rawValue: UInt32(host)), look))
    case .isSilent(let host, let forLong):
      world.looking &= ~(1 << UInt8(host))
      if forLong {
        rewrite(of: host) { run, now in run.silentSince = now - .days(400) }
      }
      fold(.unread(HostID(rawValue: UInt32(host)), .unreachable))
    case .reads:
      let before = engine.run.kmsHosts[0].reading?.count
      read(setting.plants.contains(.readsOnce) ? max(count, before ?? 0) : count)
    case .readsThePast: if let seen = world.reading { read(seen) }
    case .kmsHostIsSilent:
      world.reading = nil
      fold(.notRead(KMSHostID(rawValue: 0), .unreachable))
    case .due(let host): rewrite(of: host) { run, now in run.due = now }
    case .deadline(let host): rewrite(of: host) { run, now in run.deadline = now }
    case .quiet(let host): rewrite(of: host) { run, now in run.becomeQuiet(at: now) }
    case .looksAge(let host):
      rewrite(of: host) { run, now in run.lookedAt = now - .days(2) }
    case .asksByItself(let host):
      change(host) { $0.ask(host) }
      return
    case .foreignAsks:
      if let foreign = (0..<setting.foreign).map({ UInt8(100 + $0) })
        .first(where: { !world.memory.remembers($0, at: .beginning) })
      {
        _ = world.memory.request(foreign, threshold: setting.thresholds.server, at: .beginning)
      }
      return
    case .kmsHostRestarts:
      world.memory.restart()
      world.restartsLeft -= 1
      if !setting.plants.contains(.readsOnce) { world.hasRestarted = true }
      return
    case .crash(let working):
      for host in world.machines.indices where working & 1 << UInt8(host) != 0 {
        leaveWorking(host)
      }
      crash()
    case .crashAfterSending: preconditionFailure("it is made of another move")
    case .hold: say(.hold)
    case .resume: say(.resume(engine.run.holds.map(\.id)))
    case .skip(let host) where setting.plants.contains(.skipsChanged):
      rewrite(of: host) { run, _ in run.phase = .skipped }
    case .skip(let host): say(.skip(HostID(rawValue: UInt32(host))))
    case .rollback(let host): say(.rollback([HostID(rawValue: UInt32(host))]))
    case .rollbackAll: say(.rollback(engine.hosts.indices.map { HostID(rawValue: UInt32($0)) }))
    case .retry(let host, let grant) where setting.plants.contains(.grantsFreely):
      rewrite(of: host) { run, _ in _ = run.retry(granting: grant) }
    case .retry(let host, let grant): say(.retry([HostID(rawValue: UInt32(host))], grant: grant))
    }
    settle()
  }

  private mutating func leaveWorking(_ host: Int) {
    guard let step = stepUnderWay(host) else { return }
    world.machines[host].late.append(step)
    world.machines[host].late.sort { $0.rawValue < $1.rawValue }
  }

  private mutating func change(_ host: Int, _ body: (inout SmallScene) -> Void) {
    let before = look(host)
    body(&self)
    if look(host) != before { world.machines[host].isChangedUnseen = true }
  }

  private mutating func read(_ count: UInt16) {
    world.reading = nil
    let boot = world.hasRestarted ? Untimed.span : .zero
    world.hasRestarted = false
    fold(
      .read(
        KMSHostID(rawValue: 0),
        KMSReading(count: count, bootedAt: .beginning + boot)))
  }
}
