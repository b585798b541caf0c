package import VolumeActivation

/// Which host a connection is to: the one that it names, or the one that has the address.
package struct HostDirectory: Sendable {
  /// Hosts that have an address of the loopback to themselves.
  package var addresses: [String: HostName]

  package init(_ addresses: [String: HostName] = [:]) { self.addresses = addresses }

  /// - Parameter header: The value of `Host`, with or without a port.
  /// - Parameter address: Where the connection was accepted.
  func host(_ header: String?, at address: String?) -> HostName? {
    let name = header?.split(separator: ":").first.map(String.init) ?? ""
    let isAddress = name.allSatisfy { $0.isNumber || $0 == "." }
    return isAddress ? addresses[name] ?? address.flatMap { addresses[$0] } : HostName(name)
  }
}
