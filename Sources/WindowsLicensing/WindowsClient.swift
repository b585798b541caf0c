package import Execution
package import VolumeActivation

/// Real hosts behind the port: what slmgr.vbs calls, over WinRM, with nothing run on the host.
package struct WindowsClient: LicensingClient {
  private let pool: HostPool

  /// - Parameters:
  ///   - access: How hosts are reached, all of them alike.
  ///   - connections: How many are kept while nobody uses them.
  ///   - patience: How long one is kept while nobody uses it.
  package init(
    _ access: HostAccess, connections: Int = 1024, patience: Duration = .seconds(60)
  ) {
    pool = HostPool(access, limit: connections, patience: patience)
  }

  package func inspect(_ host: HostName) async throws(LicensingFailure) -> HostState {
    try await with(host) { host async throws(LicensingFailure) in try await host.look() }
  }

  package func readKMSHost(_ host: KMSAddress) async throws(LicensingFailure) -> KMSHostState {
    try await with(host.name) { host async throws(LicensingFailure) in
      try await host.readKMSHost()
    }
  }

  package func perform(
    _ action: LicensingAction, on host: HostName
  ) async throws(LicensingFailure) {
    try await with(host) { host async throws(LicensingFailure) in try await host.perform(action) }
  }

  private func with<Value: Sendable>(
    _ name: HostName, _ body: (WindowsHost) async throws(LicensingFailure) -> Value
  ) async throws(LicensingFailure) -> Value {
    let host = await pool.borrow(name)
    let result: Result<Value, LicensingFailure>
    do throws(LicensingFailure) {
      result = .success(try await body(host))
    } catch {
      result = .failure(error)
    }
    await pool.giveBack(name)
    return try result.get()
  }
}
