import Execution
import VolumeActivation

/// What a KMS host said takes its time to arrive, as over a slow line.
struct LateReadings: LicensingClient {
  let client: any LicensingClient
  let clock: any WallClock
  let delay: Milliseconds

  func inspect(_ host: HostName) async throws(LicensingFailure) -> HostState {
    try await client.inspect(host)
  }

  func readKMSHost(_ host: KMSAddress) async throws(LicensingFailure) -> KMSHostState {
    let state = try await client.readKMSHost(host)
    do { try await clock.sleep(for: delay) } catch { throw .lost("cancelled") }
    return state
  }

  func perform(_ action: LicensingAction, on host: HostName) async throws(LicensingFailure) {
    try await client.perform(action, on: host)
  }
}
