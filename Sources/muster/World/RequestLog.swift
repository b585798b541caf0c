import Execution
import Logging
import Planning
import VolumeActivation
import WindowsLicensing

/// Says on standard error what hosts were asked and what came of it, without any secret.
struct RequestLog: Sendable {
  private let logger: Logger

  init() {
    var logger = Logger(label: "muster") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .debug
    self.logger = logger
  }

  /// Notes one request over WinRM.
  func note(_ exchange: Exchange) {
    note(exchange.operation, exchange.host, "\(exchange.outcome)")
  }

  /// Notes what an operation on a host came to.
  func note(_ operation: String, _ host: HostName, _ outcome: String) {
    let shown = String(outcome.map { $0.isControl ? " " : $0 })
    logger.debug("\(operation): \(shown)", metadata: ["host": "\(host)"])
  }
}

/// A client of which each call is logged.
struct LoggedClient: LicensingClient {
  var client: any LicensingClient
  var log: RequestLog

  func inspect(_ host: HostName) async throws(LicensingFailure) -> HostState {
    try await logged("look", host) { () async throws(LicensingFailure) in
      try await client.inspect(host)
    }
  }

  func readKMSHost(_ host: KMSAddress) async throws(LicensingFailure) -> KMSHostState {
    try await logged("read the count", host.name) { () async throws(LicensingFailure) in
      try await client.readKMSHost(host)
    }
  }

  func perform(_ action: LicensingAction, on host: HostName) async throws(LicensingFailure) {
    try await logged(action.words, host) { () async throws(LicensingFailure) in
      try await client.perform(action, on: host)
    }
  }

  private func logged<Value: Sendable>(
    _ operation: String, _ host: HostName,
    _ call: () async throws(LicensingFailure) -> Value
  ) async throws(LicensingFailure) -> Value {
    do throws(LicensingFailure) {
      let value = try await call()
      log.note(operation, host, "done")
      return value
    } catch {
      log.note(operation, host, error.words)
      throw error
    }
  }
}

extension LicensingAction {
  /// What slmgr calls it; of a key its end alone.
  fileprivate var words: String {
    switch self {
    case .setKMS(let setting): "skms \(setting.address?.description ?? "none")"
    case .installKey(let key): "ipk \(key)"
    case .activate: "ato"
    case .deposit: "atp"
    }
  }
}
