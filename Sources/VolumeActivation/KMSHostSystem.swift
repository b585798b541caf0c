/// The Windows release that a KMS host runs, as far as it decides which updates the host needs.
package enum KMSHostSystem: String, CaseIterable, Hashable, Sendable {
  case server2025 = "Windows Server 2025"
  case server2022 = "Windows Server 2022"
  case server2019 = "Windows Server 2019"
  case server2016 = "Windows Server 2016"
  case server2012R2 = "Windows Server 2012 R2"
  case server2012 = "Windows Server 2012"
  case server2008R2 = "Windows Server 2008 R2"
  case server2008 = "Windows Server 2008"
  case windows10 = "Windows 10"
  case windows81 = "Windows 8.1"
  case windows7 = "Windows 7"
  case vista = "Windows Vista"
}

extension KMSHostSystem {
  /// Tells the release from its version; nil for one that Microsoft's tables do not name.
  package init?(kind: ProductKind, version: NTVersion, build: Int) {
    switch (kind, version.major, version.minor) {
    case (.server, 10, 0):
      switch build {
      case 14393: self = .server2016
      case 17763: self = .server2019
      case 20348: self = .server2022
      case 26100: self = .server2025
      default: return nil
      }
    case (.server, 6, 3): self = .server2012R2
    case (.server, 6, 2): self = .server2012
    case (.server, 6, 1): self = .server2008R2
    case (.server, 6, 0): self = .server2008
    case (.client, 10, 0) where (10240...19045).contains(build): self = .windows10
    case (.client, 6, 3): self = .windows81
    case (.client, 6, 1): self = .windows7
    case (.client, 6, 0): self = .vista
    default: return nil
    }
  }

  /// The update that a KMS host on this release needs for a product; nil when none is named.
  ///
  /// A host key newer than the release needs the update that teaches the release that key, and
  /// later roll-ups contain the earlier ones, so it comes first (inferred).
  ///
  /// Source: kms-rules.md, section 5, "Updates that a KMS host needs".
  package func update(toActivate product: String, with hostKey: HostKey) -> String? {
    let named = updates
    if let forKey = named.first(where: { $0.products.contains(hostKey.rawValue) }) {
      return forKey.update
    }
    return named.first { row in
      row.products.contains(product)
        || row.products.contains("Windows 10") && product.hasPrefix("Windows 10 ")
    }?.update
  }

  /// The table's rows for this release.
  ///
  /// The smallest update that is enough for a product comes first.
  private var updates: [(products: [String], update: String)] {
    switch self {
    case .server2022: [(["Windows Server 2025"], "KB5034765")]
    case .server2019:
      [(["Windows Server 2022"], "KB5003646"), (["Windows Server 2025"], "KB5034768")]
    case .server2016:
      [(["Windows Server 2019"], "KB4478877"), (["Windows Server 2022"], "KB5003638")]
    case .server2012R2:
      [
        (["Windows Server 2016", "Windows 10"], "KB3172614"),
        (["Windows Server 2019"], "KB4467695"),
      ]
    case .server2012:
      [(["Windows Server 2016", "Windows Server 2012 R2", "Windows 10"], "KB3172615")]
    case .server2008R2:
      [(["Windows Server 2012 R2", "Windows Server 2012", "Windows 10"], "KB3079821")]
    case .windows81: [(["Windows 10"], "KB3172614")]
    case .windows7: [(["Windows 10"], "KB3079821")]
    case .server2008, .vista: [(["Windows 7", "Windows Server 2008 R2"], "KB968912")]
    case .server2025, .windows10: []
    }
  }
}
