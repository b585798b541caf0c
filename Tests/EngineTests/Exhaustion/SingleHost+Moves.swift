import Engine
import Planning
import VolumeActivation

/// What happens to a single host, in words.
struct HostMove: Hashable, Sendable, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

extension SingleHost: Explorable {
  var isAtRest: Bool {
    let waitsForPerson = isHeld && run.touched < .key && !isMoving
    return (run.phase.isResting || waitsForPerson) && driver == .idle
  }

  private var isMoving: Bool {
    switch run.phase {
    case .underWay, .unknown: true
    case .planned, .ready, .retrying, .waiting, .check, .licensed, .restored, .failed, .skipped,
      .drifted, .stranded, .unsettled:
      driver != .idle
    }
  }

  func successors(_ found: (HostMove, MoveSort, SingleHost, String?) -> Void) {
    func next(_ move: String, _ sort: MoveSort, _ change: (inout SingleHost) -> Void) {
      var after = self
      change(&after)
      after.normalize()
      if after != self { found(HostMove(move), sort, after, after.broken) }
    }
    decide(next)
    call(next)
    observe(next)
    crash(next)
    live(next)
    obey(next)
  }

  typealias Next = (String, MoveSort, (inout SingleHost) -> Void) -> Void

  /// Whether a hold keeps it from going on: it was not changed.
  private var waitsForResume: Bool {
    guard isHeld, run.touched < .key, run.reason != .undo else { return false }
    switch run.phase {
    case .planned, .ready, .retrying: return true
    case .underWay, .unknown, .waiting, .check, .licensed, .restored, .failed, .skipped, .drifted,
      .stranded, .unsettled:
      return false
    }
  }

  /// Whether a timer keeps the host from being looked at.
  private var waitsForTimer: Bool { run.due.map { $0 > Self.now } ?? false }

  private var needsLook: Bool {
    if waitsForTimer { return false }
    return switch run.phase {
    case .planned, .unknown, .check: true
    case .unsettled: isReachable
    case .ready(let step): step != .rkms && run.lookedAt == nil
    case .underWay, .retrying, .waiting, .licensed, .restored, .failed, .skipped, .drifted,
      .stranded:
      false
    }
  }

  /// What the driver decides.
  private func decide(_ next: Next) {
    guard driver == .idle else { return }
    if run.silentSince != nil {
      next("it is silent for too long", .progress) { $0.run.giveUpReading() }
    }
    guard !waitsForResume else { return }
    if needsLook {
      next("look", .progress) { $0.driver = .looking }
      return
    }
    if waitsForTimer, run.phase != .waiting { return }
    switch run.phase {
    case .ready(let step):
      next("decide \(step)", .progress) { host in
        host.driver = .decided(before: host.run)
        host.run.intend(step, attempt: 1, at: Self.now, policy: Self.policy)
        if step == .ipk { host.run.marks.insert(.reserved) }
      }
    case .retrying: next("try again", .progress) { $0.run.resume() }
    case .waiting:
      if countSuffices { next("ask again", .progress) { $0.run.resume() } }
      next("deadline", .progress) { $0.run.turn(.rescue) }
    case .planned, .underWay, .unknown, .check, .licensed, .restored, .failed, .skipped, .drifted,
      .stranded, .unsettled:
      break
    }
  }

  /// What becomes of a decided step.
  private func call(_ next: Next) {
    guard case .underWay(let step) = run.phase else { return }
    if case .decided = driver { next("durable and sent", .progress) { $0.driver = .calling } }
    guard driver == .calling else { return }
    func answer(_ host: inout SingleHost, _ outcome: Outcome) {
      host.driver = .idle
      host.run.settle(Answer(told: outcome, step), at: Self.now, policy: Self.policy)
    }
    if isReachable {
      let endings = executing(step)
      for (after, outcome) in endings {
        let sort = endings.count > 1 && outcome != .done ? MoveSort.fault : .progress
        next("\(step) is executed: \(outcome)", sort) { host in
          host = after
          answer(&host, outcome)
        }
        next("\(step) is executed: \(outcome), and the answer lost", .fault) { host in
          host = after
          answer(&host, .silent(.lost))
        }
      }
      next("\(step) is refused for the moment", .fault) { answer(&$0, .silent(.unreachable)) }
      next("\(step) is refused for good", .fault) { answer(&$0, .refused(step.finalRefusal)) }
      if machine.late.count < 2 {
        next("\(step) times out and goes on", .fault) { host in
          host.leave(step)
          answer(&host, .silent(.lost))
        }
      }
    }
    next("\(step)'s request is lost", isReachable ? .fault : .progress) {
      answer(&$0, .silent(.lost))
    }
  }

  private mutating func leave(_ step: Step) {
    machine.late.append(step)
    machine.late.sort { $0.rawValue < $1.rawValue }
  }

  /// A look is taken, and what it saw comes in.
  private func observe(_ next: Next) {
    switch driver {
    case .looking:
      if isReachable {
        next("the host shows itself", .progress) { $0.driver = .seen($0.look) }
      } else {
        next("the host is silent", .progress) { $0.missLook() }
      }
      next("the look is lost", .fault) { $0.missLook() }
    case .seen(let look):
      next("what it showed comes in", .progress) { host in
        host.driver = .idle
        if host.hand == .hidden { host.hand = .wasThere }
        _ = host.run.see(look, at: Self.now, era: 1, policy: Self.policy)
      }
    case .idle, .decided, .calling: break
    }
  }

  private mutating func missLook() {
    driver = .idle
    run.missLook(at: Self.now, policy: Self.policy)
  }

  /// The process dies, and another takes the run up.
  private func crash(_ next: Next) {
    func die(_ host: inout SingleHost) {
      host.driver = .idle
      host.run.restart(at: Self.now)
      host.beginEra()
      if host.hand == .wasThere { host.hand = .hidden }
    }
    switch driver {
    case .calling:
      guard case .underWay(let step) = run.phase else { return }
      next("crash, the request never left", .fault) { die(&$0) }
      for (after, _) in executing(step) {
        next("crash, the request was executed", .fault) { host in
          host = after
          die(&host)
        }
      }
      if machine.late.count < 2 {
        next("crash, the request is still executed", .fault) { host in
          host.leave(step)
          die(&host)
        }
      }
    case .decided(let before):
      next("crash, the decision is forgotten", .fault) { host in
        host.run = before
        die(&host)
      }
      next("crash, the decision is durable", .fault) { die(&$0) }
    case .idle, .looking, .seen:
      if !run.phase.isResting || driver != .idle { next("crash", .fault) { die(&$0) } }
    }
  }

  /// What the world does by itself.
  private func live(_ next: Next) {
    for (place, step) in machine.late.enumerated() {
      var without = self
      without.machine.late.remove(at: place)
      for (after, _) in without.executing(step) {
        next("\(step) is executed late", .progress) { $0 = after }
      }
    }
    if machine.key == .target, !machine.licensed, machine.points, countSuffices {
      next("the host asks by itself", .progress) { $0.machine.licensed = true }
    }
    if run.isBecomingQuiet(at: Self.now), machine.late.isEmpty, isReachable {
      next("the quiet time passes", .progress) { $0.run.becomeQuiet(at: Self.now) }
    }
    if waitsForTimer, !run.isBecomingQuiet(at: Self.now) {
      next("the pause passes", .progress) { $0.run.due = Self.now }
    }
    if let deadline = run.deadline, deadline > Self.now {
      next("the deadline passes", .progress) { $0.run.deadline = Self.now }
    }
    if setting.countRises, !countSuffices {
      next("the count rises", .progress) { $0.countSuffices = true }
    }
    if countSuffices { next("the count falls", .fault) { $0.countSuffices = false } }
    if isReachable {
      next("the host vanishes", .fault) { $0.isReachable = false }
    } else {
      next("the host comes back", .progress) { $0.isReachable = true }
    }
    if hand == .mayCome {
      next("somebody installs another key", .fault) { host in
        (host.machine.key, host.machine.licensed) = (.other, true)
        host.hand = .wasThere
      }
      next("somebody puts the MAK back", .fault) { host in
        (host.machine.key, host.machine.licensed) = (.original, true)
        host.hand = .wasThere
      }
    }
  }

  /// What a person says.
  private func obey(_ next: Next) {
    next(isHeld ? "resume" : "hold", .command) { host in
      if host.isHeld, host.hand == .wasThere, host.driver == .idle { host.hand = .hidden }
      host.isHeld.toggle()
      host.beginEra()
    }
    next("skip", .command) { _ = $0.run.skip() }
    next("rollback", .command) { host in
      let wasLicensed = host.run.phase == .licensed
      guard host.run.rollBack() == .noted, wasLicensed else { return }
      if host.run.granted <= host.run.spent, host.grants > 0 {
        host.run.granted = host.run.spent + 1
        host.grants -= 1
      }
      host.run.marks.insert(.reserved)
      host.run.turn(.ordered)
    }
    if run.phase == .stranded, driver == .idle {
      next("retry", .command) { _ = $0.run.retry(granting: 0) }
      if grants > 0 {
        next("retry with one more activation", .command) { host in
          host.grants -= 1
          _ = host.run.retry(granting: 1)
        }
      }
    }
  }
}

extension Answer {
  /// What an outcome tells the driver.
  fileprivate init(told outcome: Outcome, _ step: Step) {
    switch outcome {
    case .done: self = .done
    case .silent(.lost): self = .doubtful
    case .silent: self = .again
    case .refused(.countTooLow): self = .counted
    case .refused(step.finalRefusal): self = .never
    case .refused: self = .doubtful
    }
  }
}
