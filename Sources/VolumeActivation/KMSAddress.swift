/// Where a KMS host listens: its name and its TCP port.
package struct KMSAddress: Hashable, Sendable {
  package var name: HostName
  package var port: UInt16

  /// The port a KMS host listens on unless told otherwise.
  package static let defaultPort: UInt16 = 1688

  package init(name: HostName, port: UInt16 = KMSAddress.defaultPort) {
    self.name = name
    self.port = port
  }

  /// Reads `name` or `name:port`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = parts.first, let name = HostName(first) else { return nil }
    switch parts.count {
    case 1: self.init(name: name)
    case 2:
      guard let port = UInt16(parts[1]), port > 0 else { return nil }
      self.init(name: name, port: port)
    default: return nil
    }
  }
}

extension KMSAddress: CustomStringConvertible {
  package var description: String {
    port == Self.defaultPort ? name.rawValue : "\(name):\(port)"
  }
}

extension KMSAddress: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = KMSAddress(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a KMS host's name or name:port")
    }
    self = address
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
