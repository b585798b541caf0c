/// What a host is told about its KMS host: one name and port, or nothing (DNS decides).
package struct KMSSetting: Hashable, Codable, Sendable {
  /// The name set; nil when none is set.
  package var name: HostName?
  /// The port set; nil when none is set, which means 1688.
  package var port: UInt16?

  package init(name: HostName? = nil, port: UInt16? = nil) {
    self.name = name
    self.port = port
  }

  /// Nothing is set: the host discovers its KMS host by DNS.
  package static let discovered = KMSSetting()

  /// The setting that points a host at `address`.
  package init(_ address: KMSAddress) {
    self.init(
      name: address.name, port: address.port == KMSAddress.defaultPort ? nil : address.port)
  }

  /// The KMS host that is set; nil when none is.
  package var address: KMSAddress? {
    name.map { KMSAddress(name: $0, port: port ?? KMSAddress.defaultPort) }
  }

  /// Whether a host with this setting asks the KMS host at `address`.
  package func points(at address: KMSAddress) -> Bool {
    self.address == address
  }
}
