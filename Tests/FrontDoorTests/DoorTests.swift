import Execution
import FrontDoor
import SimulatedFleet
import Synchronization
import Testing
import VolumeActivation
import WindowsLicensing

@Suite struct DoorTests {
  @Test(arguments: ServedOffice.Way.allCases)
  func `a machine is migrated over every way that Windows is reached`(
    way: ServedOffice.Way
  ) async throws {
    try await ServedOffice.open(reachedBy: way) { office in
      let before = try await office.client.inspect(ServedOffice.name)
      #expect(before.channel == .mak)
      #expect(before.status == .licensed)
      let kmsHost = ServedOffice.kmsHost
      try await office.client.perform(.setKMS(KMSSetting(kmsHost)), on: ServedOffice.name)
      try await office.client.perform(
        .installKey(try ServedOffice.clientSetupKey()), on: ServedOffice.name)
      try await office.client.perform(.activate, on: ServedOffice.name)
      let after = try await office.client.inspect(ServedOffice.name)
      #expect(after.channel == .kmsClient)
      #expect(after.status == .licensed)
      #expect(after.lastKMSHost == kmsHost.name)
      #expect(try office.deeds() == [.setKMS, .installKey, .activate])
    }
  }

  @Test(arguments: [ServedOffice.Way.sealedKerberos, .sealedNTLM, .ntlmOverHTTPS, .basic])
  func `a wrong password is an authentication failure on every way that has one`(
    way: ServedOffice.Way
  ) async throws {
    try await ServedOffice.open(reachedBy: way, password: "Wrong-Horse-2!") { office in
      await #expect {
        try await office.client.inspect(ServedOffice.name)
      } throws: { error in
        if case .authentication = error as? LicensingFailure { true } else { false }
      }
    }
  }

  @Test func `a KMS host that is no client of anybody tells its count`() async throws {
    try await ServedOffice.open { office in
      let state = try await office.client.readKMSHost(ServedOffice.kmsHost)
      #expect(state.isKMSHost)
      #expect(state.isLicensed)
      #expect(state.currentCount == 40)
      #expect(state.computerName == ServedOffice.kmsHost.name)
    }
  }

  @Test(arguments: WireFault.allCases)
  func `what met a fault of the wire was done once or not at all, and is said to be what it was`(
    fault: WireFault
  ) async throws {
    let looks = try await looksBeforeStep()
    try await ServedOffice.open(fault: { $0 == looks + 1 ? fault : nil }) { office in
      _ = try await office.client.inspect(ServedOffice.name)
      let outcome = await outcome { () async throws(LicensingFailure) in
        try await office.client.perform(
          .setKMS(KMSSetting(ServedOffice.kmsHost)), on: ServedOffice.name)
      }
      #expect(outcome == (fault == .slow ? .done : .lost))
      #expect(try office.deeds() == (fault.executes ? [.setKMS] : []))
      _ = try await office.client.inspect(ServedOffice.name)
    }
  }

  /// How many messages a first look takes.
  private func looksBeforeStep() async throws -> Int {
    let count = Mutex(0)
    try await ServedOffice.open(fault: { ordinal in
      count.withLock { $0 = ordinal }
      return nil
    }) { office in
      _ = try await office.client.inspect(ServedOffice.name)
    }
    return count.withLock { $0 }
  }

  private enum Outcome { case done, unreachable, lost, other }

  private func outcome(_ body: () async throws(LicensingFailure) -> Void) async -> Outcome {
    do throws(LicensingFailure) {
      try await body()
      return .done
    } catch {
      switch error {
      case .unreachable: return .unreachable
      case .lost: return .lost
      case .authentication, .refused: return .other
      }
    }
  }
}
