import VolumeActivation

/// Which KMS host serves which site of an inventory.
struct SiteServices {
  private let services: [Service]

  enum Service {
    case nobody
    case one(UInt16)
    case several([UInt16])
  }

  /// An exact name is a better fit than a pattern; only the best fits are candidates.
  init(_ inventory: Inventory, _ kmsHosts: [DeclaredKMSHost]) {
    func service(of site: String) -> Service {
      var named: [UInt16] = []
      var matching: [UInt16] = []
      for (place, host) in kmsHosts.enumerated() {
        let fits = host.sites.filter { $0.matches(site) }
        if fits.contains(where: \.isExact) {
          named.append(UInt16(place))
        } else if !fits.isEmpty {
          matching.append(UInt16(place))
        }
      }
      let candidates = named.isEmpty ? matching : named
      switch candidates.count {
      case 0: return .nobody
      case 1: return .one(candidates[0])
      default: return .several(candidates)
      }
    }
    services = [service(of: "")] + inventory.sites.entries.map { service(of: $0.value) }
  }

  subscript(site: Symbol) -> Service { services[Int(site.rawValue)] }

  /// Whether any site of the inventory is served by a KMS host, alone or among others.
  func isCandidate(_ kmsHost: Int) -> Bool {
    services.contains { service in
      switch service {
      case .nobody: false
      case .one(let only): only == kmsHost
      case .several(let candidates): candidates.contains(UInt16(kmsHost))
      }
    }
  }
}
