package import Execution
import Engine
package import VolumeActivation

/// A simulated fleet behind the port that real hosts answer: calls take their time on a clock.
package struct SimulatedClient: LicensingClient {
  private let home: any FleetHome
  private let clock: any WallClock

  package init(_ home: any FleetHome, clock: any WallClock) {
    self.home = home
    self.clock = clock
  }

  package func inspect(_ host: HostName) async throws(LicensingFailure) -> HostState {
    let sent = try fleet { fleet, now in
      let place = try fleet.place(host).get()
      return (place, fleet.sendLook(to: place, at: now))
    }
    try await wait(until: sent.1.at)
    if let silence = sent.1.silence { throw LicensingFailure(silence, host) }
    return try fleet { fleet, now in fleet.state(sent.0, at: now) }
  }

  package func readKMSHost(
    _ host: KMSAddress
  ) async throws(LicensingFailure) -> KMSHostState {
    let sent = try fleet { fleet, now in
      guard let place = fleet.blueprint.kmsHostPlace(of: host.name) else {
        throw LicensingFailure.unreachable("\(host.name) does not resolve")
      }
      return (place, fleet.sendReading(of: place, at: now))
    }
    try await wait(until: sent.1.at)
    if let silence = sent.1.silence { throw LicensingFailure(silence, host.name) }
    return try fleet { fleet, now in fleet.state(ofKMSHost: sent.0, at: now) }
  }

  package func perform(
    _ action: LicensingAction, on host: HostName
  ) async throws(LicensingFailure) {
    let sent = try fleet { fleet, now in
      let place = try fleet.place(host).get()
      let change = fleet.action(action)
      return fleet.send(change, to: place, at: now)
    }
    do {
      try await wait(until: sent.answersAt)
    } catch {
      try fleet { fleet, _ in fleet.abandon(sent.ticket) }
      throw error
    }
    switch try fleet({ fleet, _ in fleet.collect(sent.ticket) }) {
    case .done: return
    case .refused(let code): throw .refused(code)
    case .silent(let silence): throw LicensingFailure(silence, host)
    }
  }

  /// Lends the fleet, brought to the present.
  private func fleet<Result>(
    _ body: (inout SimulatedFleet, Timestamp) throws -> Result
  ) throws(LicensingFailure) -> Result {
    do {
      let now = clock.now()
      return try home.use(at: now) { fleet in try body(&fleet, max(now, fleet.now)) }
    } catch let failure as LicensingFailure {
      throw failure
    } catch {
      throw .lost("the simulated fleet cannot be used: \(error)")
    }
  }

  private func wait(until instant: Timestamp) async throws(LicensingFailure) {
    while true {
      let left = instant - clock.now()
      guard left > .zero else { return }
      do {
        try await clock.sleep(for: left)
      } catch {
        throw .lost("the call was cancelled")
      }
    }
  }
}

extension SimulatedFleet {
  fileprivate func place(_ host: HostName) -> Result<Int, LicensingFailure> {
    blueprint.place(of: host).map { .success($0) }
      ?? .failure(.unreachable("\(host) does not resolve"))
  }
}

extension LicensingFailure {
  fileprivate init(_ silence: Silence, _ host: HostName) {
    switch silence {
    case .unreachable: self = .unreachable("\(host) does not answer on TCP 5985")
    case .authentication: self = .authentication("\(host) refused the account")
    case .lost: self = .lost("\(host) was sent the request and did not answer in time")
    }
  }
}
