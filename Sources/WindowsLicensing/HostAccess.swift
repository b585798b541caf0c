package import Curl
package import VolumeActivation
package import WSManSession

/// How to get at the hosts of a fleet.
package struct HostAccess: Sendable {
  /// Where a host listens, and whom it trusts.
  package var endpoint: @Sendable (HostName) -> Endpoint
  /// How to log on to it.
  package var authentication: @Sendable (HostName) -> Authentication
  /// Hears of each request when it is over.
  package var observe: @Sendable (Exchange) -> Void

  package init(
    endpoint: @escaping @Sendable (HostName) -> Endpoint,
    authentication: @escaping @Sendable (HostName) -> Authentication,
    observe: @escaping @Sendable (Exchange) -> Void = { _ in }
  ) {
    self.endpoint = endpoint
    self.authentication = authentication
    self.observe = observe
  }
}
