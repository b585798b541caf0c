import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct SimulatedClientTests {
  /// Runs calls on a virtual clock; nothing sleeps.
  private func run<Result: Sendable>(
    _ fleet: SimulatedFleet, _ body: @escaping @Sendable (SimulatedClient) async -> Result
  ) throws -> Result {
    let clock = VirtualClock(startingAt: Fixture.start)
    let client = SimulatedClient(MemoryFleet(fleet), clock: clock)
    return try #require(VirtualExecutor(clock: clock).run { await body(client) })
  }

  @Test func `a host is converted through the port`() throws {
    let fleet = try Fixture.fleet([.windows10], count: 24)
    let name = fleet.blueprint.profiles[0].name
    let address = fleet.blueprint.kmsHosts[0].address
    let key = try ProductKey(Fixture.windows10)
    let states = try run(fleet) { client -> Result<[HostState], LicensingFailure> in
      do throws(LicensingFailure) {
        let before = try await client.inspect(name)
        try await client.perform(.setKMS(KMSSetting(address)), on: name)
        try await client.perform(.installKey(key), on: name)
        let between = try await client.inspect(name)
        try await client.perform(.activate, on: name)
        return .success([before, between, try await client.inspect(name)])
      } catch {
        return .failure(error)
      }
    }.get()
    #expect(states.map(\.channel) == [.mak, .kmsClient, .kmsClient])
    #expect(states.map(\.status) == [.licensed, .notification, .licensed])
    #expect(states[2].graceMinutes > 259_100)
    #expect(states[2].lastKMSHost == address.name)
    #expect(states[2].clock > states[0].clock)
  }

  @Test func `the KMS host tells its count, and a code comes as it is`() throws {
    let fleet = try Fixture.fleet([.windows10], count: 3)
    let name = fleet.blueprint.profiles[0].name
    let address = fleet.blueprint.kmsHosts[0].address
    let key = try ProductKey(Fixture.windows10)
    let (count, failure) = try run(fleet) { client in
      do throws(LicensingFailure) {
        try await client.perform(.setKMS(KMSSetting(address)), on: name)
        try await client.perform(.installKey(key), on: name)
        try await client.perform(.activate, on: name)
        return (nil as Int?, nil as LicensingFailure?)
      } catch {
        return (try? await client.readKMSHost(address).count, error)
      }
    }
    #expect(count == 4)
    #expect(failure == .refused(.countTooLow))
  }

  @Test func `at the instant tempo a migration takes no time`() throws {
    let made = try Fixture.fleet([.windows10], count: 24)
    let fleet = SimulatedFleet(made.blueprint, seed: 1, tempo: .instant)
    let name = fleet.blueprint.profiles[0].name
    let address = fleet.blueprint.kmsHosts[0].address
    let key = try ProductKey(Fixture.windows10)
    let state = try run(fleet) { client -> Result<HostState, LicensingFailure> in
      do throws(LicensingFailure) {
        try await client.perform(.setKMS(KMSSetting(address)), on: name)
        try await client.perform(.installKey(key), on: name)
        try await client.perform(.activate, on: name)
        return .success(try await client.inspect(name))
      } catch {
        return .failure(error)
      }
    }.get()
    #expect(state.status == .licensed)
    #expect(state.channel == .kmsClient)
    #expect(state.clock == Fixture.start)
  }

  @Test func `a name that nobody has is unreachable`() throws {
    let nobody = try #require(HostName("nobody.contoso.com"))
    let failure = try run(try Fixture.fleet([.windows10])) { client in
      do throws(LicensingFailure) {
        _ = try await client.inspect(nobody)
        return nil as LicensingFailure?
      } catch {
        return error
      }
    }
    guard case .unreachable = failure else {
      Issue.record("got \(String(describing: failure))")
      return
    }
  }

  @Test func `a cancelled call leaves its operation on the host`() throws {
    let fleet = try Fixture.fleet([.windows10])
    let name = fleet.blueprint.profiles[0].name
    let key = try ProductKey(Fixture.windows10)
    let clock = VirtualClock(startingAt: Fixture.start)
    let home = MemoryFleet(fleet)
    let client = SimulatedClient(home, clock: clock)
    let executor = VirtualExecutor(clock: clock)
    let failure = executor.run {
      let call = Task(executorPreference: executor) {
        do throws(LicensingFailure) {
          try await client.perform(.installKey(key), on: name)
          return nil as LicensingFailure?
        } catch {
          return error
        }
      }
      try? await clock.sleep(for: .seconds(1))
      call.cancel()
      return await call.value
    }
    #expect(failure == .lost("the call was cancelled"))
    try home.use(at: clock.now() + .minutes(1)) { fleet in
      #expect(fleet.ledger.map(\.kind) == [.installKey])
      #expect(fleet.hosts[0].running == 0)
    }
  }
}
