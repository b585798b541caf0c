import FrontDoor
import SimulatedFleet
import Testing
import VolumeActivation
import WSMan

/// A simulated fleet that answers envelopes, without a network: each goes through its text.
struct ServedFleet {
  let home: MemoryFleet
  let clock: VirtualClock
  let windows: SimulatedWindows

  init(
    _ blueprint: FleetBlueprint, faults: FaultProfile = .none, tempo: Tempo = .instant
  ) throws {
    clock = VirtualClock(startingAt: Models.start)
    home = MemoryFleet(SimulatedFleet(blueprint, seed: 1, faults: faults, tempo: tempo))
    windows = try SimulatedWindows(home, clock: clock)
  }

  /// What comes instead of an answer.
  enum NoAnswer: Error, Hashable {
    case silence
    case refused
  }

  func send(
    _ operation: WSMan.Operation, to host: HostName, timeout: CIMInterval = .seconds(60),
    envelope: Int = Request.safeEnvelope
  ) async throws -> ReplyEnvelope {
    let request = Request(
      operation, endpoint: "http://\(host):5985/wsman", timeout: timeout,
      maximumEnvelope: envelope)
    let incoming = try Incoming(parsing: try request.envelope())
    let reply = try await answer(incoming, host).envelope()
    #expect(reply.count <= envelope)
    return try ReplyEnvelope(parsing: reply, answering: request.message)
  }

  func answer(_ incoming: Incoming, _ host: HostName) async throws -> Answer {
    switch await windows.respond(to: incoming, on: host) {
    case .answer(let answer): return answer
    case .silence: throw NoAnswer.silence
    case .refused: throw NoAnswer.refused
    }
  }

  /// The fault that an operation is answered with.
  func fault(
    _ operation: WSMan.Operation, to host: HostName, timeout: CIMInterval = .seconds(60),
    envelope: Int = Request.safeEnvelope, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> WSManFault {
    do {
      _ = try await send(operation, to: host, timeout: timeout, envelope: envelope)
    } catch let error as ReplyError {
      guard case .fault(let fault) = error else { throw error }
      return fault
    }
    Issue.record("there is no fault", sourceLocation: sourceLocation)
    throw NoAnswer.silence
  }

  /// All rows of a query, which fit into one reply.
  func query(
    _ columns: [CIMName], from name: CIMName, where conditions: [WQLQuery.Condition] = [],
    on host: HostName
  ) async throws -> [CIMInstance] {
    let page = try await send(
      .query(WQLQuery(columns, from: name, where: conditions)), to: host
    ).page()
    #expect(page.next == nil)
    return page.instances
  }

  /// Calls a method, which must succeed.
  @discardableResult
  func call(
    _ method: CIMName, of path: InstancePath, _ parameters: CIMObject = CIMObject(),
    on host: HostName, timeout: CIMInterval = .seconds(60)
  ) async throws -> CIMInstance {
    let result = try await send(
      .invoke(method, of: path, parameters), to: host, timeout: timeout
    ).result()
    #expect(result.returnValue == 0)
    return result.output
  }

  func state(_ host: HostName) throws -> HostState {
    try home.use(at: clock.now()) { fleet in
      let place = try #require(fleet.blueprint.place(of: host))
      return fleet.state(place, at: fleet.now)
    }
  }

  /// What was carried out on hosts by requests, oldest first.
  func deeds() throws -> [Deed] {
    try home.use(at: clock.now()) { $0.ledger.filter { $0.by == .muster } }
  }
}
