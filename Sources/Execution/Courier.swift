import Engine
import Planning
import VolumeActivation

/// Carries one call to a host and brings back what it proves; it decides nothing and keeps nothing.
struct Courier: Sendable {
  let client: any LicensingClient
  let clock: any WallClock
  let timeout: Milliseconds

  /// Looks at a host; nil is an answer that did not come in time.
  func look(at host: HostName) async -> Result<HostState, LicensingFailure> {
    await limited { () async throws(LicensingFailure) in try await client.inspect(host) }
  }

  func read(_ kmsHost: KMSAddress) async -> Result<KMSHostState, LicensingFailure> {
    await limited { () async throws(LicensingFailure) in try await client.readKMSHost(kmsHost) }
  }

  func perform(_ action: LicensingAction, on host: HostName) async -> Outcome {
    let result = await limited { () async throws(LicensingFailure) in
      try await client.perform(action, on: host)
    }
    switch result {
    case .success: return .done
    case .failure(.refused(let code)): return .refused(code)
    case .failure(let failure): return .silent(Silence(failure))
    }
  }

  /// The call's result, or `lost` once the time that a call may take is over.
  private func limited<Value: Sendable>(
    _ call: @escaping @Sendable () async throws(LicensingFailure) -> Value
  ) async -> Result<Value, LicensingFailure> {
    await withTaskGroup(of: Result<Value, LicensingFailure>?.self) { group in
      group.addTask {
        do throws(LicensingFailure) {
          return .success(try await call())
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        // A sleep that was cancelled says nothing: the call itself is being given up.
        do { try await clock.sleep(for: timeout) } catch { return nil }
        return .failure(.lost("no answer within the time a call may take"))
      }
      var answer: Result<Value, LicensingFailure>?
      while answer == nil, let next = await group.next() { answer = next }
      group.cancelAll()
      return answer ?? .failure(.lost("the call was given up"))
    }
  }
}

extension Silence {
  /// What a failure proves of a call that got no answer of its own.
  ///
  /// A look or a reading that Windows refused has told nothing either.
  init(_ failure: LicensingFailure) {
    switch failure {
    case .unreachable: self = .unreachable
    case .authentication: self = .authentication
    case .lost, .refused: self = .lost
    }
  }
}
