package import Engine
package import VolumeActivation

/// A change that somebody sent to a host: executed at one instant, answered at another.
struct Operation: Sendable {
  var host: Int
  var action: FleetAction
  /// nil when it is never executed.
  var executesAt: Timestamp?
  var answersAt: Timestamp
  /// What its caller hears.
  var outcome: Outcome
  /// Whether what execution says becomes the outcome.
  var tells: Bool
  /// Whether the machine restarts when it is executed.
  var reboots: Bool
  var isExecuted: Bool
  /// Whether its caller has the answer, or is gone.
  var isCollected: Bool
}

/// A call that was sent: when its answer comes, or when it is given up.
package struct Sent: Hashable, Sendable {
  /// Its place among the fleet's operations.
  package var ticket: Int
  package var answersAt: Timestamp
}

extension SimulatedFleet {
  /// Sends a change to a host; its answer is collected at `answersAt`.
  package mutating func send(_ action: FleetAction, to place: Int, at now: Timestamp) -> Sent {
    note(place)
    let ordinal = Int(hosts[place].changes)
    hosts[place].changes += 1
    let bits = dice.draw(.change, place, ordinal)
    var fault = terms.table.fault(UInt32(truncatingIfNeeded: bits))
    let work = Dice.span(Dice.mix(bits), terms.tempo.length(of: action))
    if hosts[place].quirks.contains(.lockedOut) { fault = .accessDenied }
    if hosts[place].silentUntil > now { fault = .unreachable }
    var operation = Operation(
      host: place, action: action, executesAt: now + work, answersAt: now + work, outcome: .done,
      tells: true, reboots: false, isExecuted: false, isCollected: false)
    switch fault {
    case .none: break
    case .lostRequest:
      operation.never(.silent(.lost), at: now + terms.tempo.timeout)
    case .lostReply:
      operation.outcome = .silent(.lost)
      operation.tells = false
    case .late:
      operation.outcome = .silent(.lost)
      operation.tells = false
      operation.answersAt = now + terms.tempo.timeout
      operation.executesAt =
        now + terms.tempo.timeout + Dice.span(Dice.mix(bits ^ 1), terms.tempo.late)
    case .refused:
      operation.never(.refused(.serviceStopping), at: now + work)
    case .refusedForGood:
      operation.never(.refused(.inconsistentStore), at: now + work)
    case .accessDenied:
      operation.never(.silent(.authentication), at: now + Milliseconds.seconds(1))
    case .reboot:
      operation.outcome = .silent(.lost)
      operation.tells = false
      operation.answersAt = now + terms.tempo.timeout
      if bits >> 63 == 0 {
        operation.reboots = true
      } else {
        reboot(place, at: now)
        operation.executesAt = nil
        operation.isExecuted = true
      }
    case .unreachable:
      if hosts[place].silentUntil <= now {
        hosts[place].silentUntil = now + Dice.span(Dice.mix(bits ^ 2), terms.tempo.outage)
      }
      operation.never(.silent(.unreachable), at: now + terms.tempo.connect)
    }
    return begin(operation)
  }

  /// Takes the answer of a change, whose instant has come.
  package mutating func collect(_ ticket: Int) -> Outcome {
    let outcome = operations[ticket].outcome
    abandon(ticket)
    return outcome
  }

  /// The caller is gone; what it sent goes on.
  package mutating func abandon(_ ticket: Int) {
    noteOperation(ticket)
    operations[ticket].isCollected = true
    if operations[ticket].isExecuted { freeOperations.append(ticket) }
  }

  private mutating func begin(_ operation: Operation) -> Sent {
    let ticket: Int
    if let free = freeOperations.popLast() {
      operations[free] = operation
      ticket = free
    } else {
      operations.append(operation)
      ticket = operations.count - 1
    }
    noteOperation(ticket)
    if let at = operation.executesAt {
      hosts[operation.host].running += 1
      totals.running += 1
      agenda.add(Agenda.Entry(at: at, .operation, ticket))
    }
    return Sent(ticket: ticket, answersAt: operation.answersAt)
  }

  /// Executes an operation whose instant has come.
  mutating func execute(_ ticket: Int, due: Timestamp) {
    let operation = operations[ticket]
    guard !operation.isExecuted, operation.executesAt == due else { return }
    note(operation.host)
    noteOperation(ticket)
    hosts[operation.host].running -= 1
    totals.running -= 1
    let refusal = carryOut(operation.action, on: operation.host, by: .muster, at: now)
    if operation.tells { operations[ticket].outcome = refusal.map { .refused($0) } ?? .done }
    if operation.reboots { reboot(operation.host, at: now) }
    operations[ticket].isExecuted = true
    if operation.isCollected { freeOperations.append(ticket) }
  }

  /// Whether an operation under way may still change a host, beside those that are harmless.
  package func mayStillChange(_ place: Int, exceptBy harmless: [FleetAction]) -> Bool {
    operations.contains {
      $0.host == place && !$0.isExecuted && !harmless.contains($0.action)
    }
  }

  /// Sends a look; nil silence means that the host's state is to be read at `at`.
  package mutating func sendLook(
    to place: Int, at now: Timestamp
  ) -> (at: Timestamp, silence: Silence?) {
    note(place)
    let ordinal = Int(hosts[place].looks)
    hosts[place].looks += 1
    let bits = dice.draw(.look, place, ordinal)
    if hosts[place].silentUntil > now { return (now + terms.tempo.connect, .unreachable) }
    if hosts[place].quirks.contains(.lockedOut) {
      return (now + Milliseconds.seconds(1), .authentication)
    }
    switch terms.table.fault(UInt32(truncatingIfNeeded: bits)) {
    case .none, .late, .refused, .refusedForGood, .reboot:
      return (now + Dice.span(Dice.mix(bits), terms.tempo.look), nil)
    case .lostRequest, .lostReply: return (now + terms.tempo.timeout, .lost)
    case .accessDenied: return (now + Milliseconds.seconds(1), .authentication)
    case .unreachable:
      hosts[place].silentUntil = now + Dice.span(Dice.mix(bits ^ 2), terms.tempo.outage)
      return (now + terms.tempo.connect, .unreachable)
    }
  }

  /// Sends a reading of a KMS host; nil silence means that it is to be read at `at`.
  package mutating func sendReading(
    of place: Int, at now: Timestamp
  ) -> (at: Timestamp, silence: Silence?) {
    let ordinal = Int(kmsHosts[place].readings)
    kmsHosts[place].readings += 1
    noteKMSHost(place)
    let bits = dice.draw(.kmsHost, place, 1 << 32 | ordinal)
    if kmsHosts[place].silentUntil > now { return (now + terms.tempo.connect, .unreachable) }
    if Dice.fraction(bits) < terms.faults.kmsHostSilent {
      return (now + terms.tempo.timeout, .lost)
    }
    return (now + Dice.span(Dice.mix(bits), terms.tempo.look), nil)
  }

  private mutating func reboot(_ place: Int, at now: Timestamp) {
    let bits = dice.draw(.making, place, Int(hosts[place].changes) << 8)
    let pause = Dice.span(bits, terms.tempo.reboot)
    hosts[place].bootedAt = now + pause
    hosts[place].silentUntil = max(hosts[place].silentUntil, now + pause)
  }
}

extension Operation {
  fileprivate mutating func never(_ outcome: Outcome, at instant: Timestamp) {
    executesAt = nil
    isExecuted = true
    tells = false
    self.outcome = outcome
    answersAt = instant
  }
}

extension Tempo {
  func length(of action: FleetAction) -> ClosedRange<Milliseconds> {
    switch action {
    case .setKMS, .setKMSHalf: setKMS
    case .installKey: installKey
    case .activate: activate
    case .deposit: deposit
    }
  }
}
