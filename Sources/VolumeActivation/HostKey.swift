/// The product whose host key (CSVLK) a KMS host carries; it decides what the host activates.
///
/// Source: kms-rules.md, section 5, "Host key -> what it activates".
package enum HostKey: String, CaseIterable, Codable, Hashable, Sendable {
  case windowsServer2025 = "Windows Server 2025"
  case windowsServer2022 = "Windows Server 2022"
  case windowsServer2019 = "Windows Server 2019"
  case windowsServer2016 = "Windows Server 2016"
  case windows10 = "Windows 10"
}

extension HostKey {
  /// Reads `Windows Server 2022`, in any case and with or without `Windows`; nil for a host key
  /// that Microsoft's table does not name.
  package init?(name: some StringProtocol) {
    let words = name.lowercased().split(separator: " ")
    let short = words.filter { $0 != "windows" && $0 != "microsoft" }.joined(separator: " ")
    switch short {
    case "server 2025", "2025": self = .windowsServer2025
    case "server 2022", "2022": self = .windowsServer2022
    case "server 2019", "2019": self = .windowsServer2019
    case "server 2016", "2016": self = .windowsServer2016
    case "10": self = .windows10
    default: return nil
    }
  }

  /// The Windows releases that Microsoft names for a KMS host with this key.
  package var systems: [KMSHostSystem] {
    switch self {
    case .windowsServer2025: [.server2025, .server2022, .server2019]
    case .windowsServer2022: [.server2022, .server2019, .server2016]
    case .windowsServer2019: [.server2019, .server2016, .server2012R2]
    case .windowsServer2016: [.server2016, .server2012R2, .server2012]
    case .windows10: [.windows10, .windows81, .windows7]
    }
  }

  /// Whether the key is one for a client release; such a KMS host activates clients only.
  package var kind: ProductKind {
    switch self {
    case .windowsServer2025, .windowsServer2022, .windowsServer2019, .windowsServer2016: .server
    case .windows10: .client
    }
  }

  /// Whether a KMS host with this key activates the product, and what it lacks where it does not.
  ///
  /// - `system`: what the KMS host runs; nil when that is unknown, and then no update is
  ///   named.
  package func covers(_ product: ClientSetupKey, on system: KMSHostSystem? = nil) -> Coverage {
    guard !product.hostKeys.isEmpty else { return .notNamed }
    guard product.hostKeys.contains(self) else { return .needsHostKey(product.hostKeys) }
    guard let system, let update = system.update(toActivate: product.product, with: self) else {
      return .covered
    }
    return .coveredWithUpdate(update)
  }
}

/// Whether a KMS host can activate a product.
package enum Coverage: Hashable, Sendable {
  case covered
  /// Covered once the KMS host has this update or a later roll-up, such as `KB5003646`.
  case coveredWithUpdate(String)
  /// The host key does not cover the product; these do.
  case needsHostKey([HostKey])
  /// Microsoft's table does not name the product, which does not make it impossible: try one
  /// machine.
  case notNamed
}
