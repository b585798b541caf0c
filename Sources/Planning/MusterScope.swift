/// Who takes part in a muster wave.
///
/// 25 refused does not refuse 5: then the clients leave, and the servers muster alone. No client
/// with something to lose carries servers to 5 unless 25 passes too.
package enum MusterScope: String, Hashable, Codable, Sendable {
  case everybody
  case serversAlone
  case nobody
}

/// The guard's decision over both thresholds of one KMS host, with the figures of each.
package struct MusterDecision: Hashable, Sendable {
  package var scope: MusterScope
  /// nil when there are no clients to decide about.
  package var clients: GuardFigures?
  /// nil when the clients pass, since the same hosts then pass the lower threshold too, and when
  /// there are no servers.
  package var servers: GuardFigures?

  /// Decides by the greater threshold first.
  ///
  /// - `clients`: The guard of the clients' threshold, with every ready host; nil without clients.
  /// - `servers`: The guard of the servers' threshold, with the ready servers and those clients
  ///   that have nothing to lose; nil without servers.
  package init(clients: Guard?, servers: Guard?, confidence: Double) {
    self.clients = clients?.open(confidence: confidence)
    if self.clients?.passes == true {
      self.servers = nil
      scope = .everybody
      return
    }
    self.servers = servers?.open(confidence: confidence)
    scope = self.servers?.passes == true ? .serversAlone : .nobody
  }
}
