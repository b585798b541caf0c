import Engine
import Execution
import SimulatedFleet
import VolumeActivation

extension SimulatedWindows {
  /// Sends a request that only reads, and reads the machine when its answer is due.
  func look(_ exchange: Exchange) async throws(Setback) -> Machine {
    let sent = try fleet { fleet, now throws(Setback) in
      try fleet.listen(exchange.seat, at: now)
      return fleet.sendLook(to: exchange.seat, at: now)
    }
    try await wait(until: sent.at, exchange)
    if let silence = sent.silence { throw Setback(silence) }
    return try fleet { fleet, now in fleet.machine(exchange.seat, at: now) }
  }

  /// Sends a change; what it is follows from the machine as it is then.
  func perform(
    _ exchange: Exchange,
    _ action: (Machine, inout SimulatedFleet) throws(Setback) -> FleetAction
  ) async throws(Setback) {
    let sent = try fleet { fleet, now throws(Setback) in
      try fleet.listen(exchange.seat, at: now)
      let wanted = try action(fleet.machine(exchange.seat, at: now), &fleet)
      guard case .host(let place) = exchange.seat else { throw .accessDenied }
      return fleet.send(wanted, to: place, at: now)
    }
    do throws(Setback) {
      try await wait(until: sent.answersAt, exchange)
    } catch {
      // What was sent goes on without its caller.
      try fleet { fleet, _ in fleet.abandon(sent.ticket) }
      throw error
    }
    switch try fleet({ fleet, _ in fleet.collect(sent.ticket) }) {
    case .done: return
    case .refused(let code): throw .refused(code)
    case .silent(let silence): throw Setback(silence)
    }
  }

  /// Lends the fleet, brought to the present.
  func fleet<Result>(
    _ body: (inout SimulatedFleet, Timestamp) throws(Setback) -> Result
  ) throws(Setback) -> Result {
    do {
      let now = clock.now()
      return try home.use(at: now) { fleet in try body(&fleet, max(now, fleet.now)) }
    } catch let setback as Setback {
      throw setback
    } catch {
      throw .silence
    }
  }

  /// Waits for an answer, but no longer than the client wants to.
  private func wait(until instant: Timestamp, _ exchange: Exchange) async throws(Setback) {
    while true {
      let left = min(instant, exchange.deadline) - clock.now()
      guard left > .zero else { break }
      do { try await clock.sleep(for: left) } catch { throw .silence }
    }
    if instant > exchange.deadline { throw .timedOut }
  }
}

extension SimulatedFleet {
  fileprivate func listen(_ seat: Seat, at now: Timestamp) throws(Setback) {
    switch reach(seat, at: now) {
    case .listening: return
    case .silent: throw .silence
    case .refusing: throw .accountRefused
    }
  }
}

extension Setback {
  fileprivate init(_ silence: Silence) {
    switch silence {
    case .unreachable, .lost: self = .silence
    case .authentication: self = .accountRefused
    }
  }
}
