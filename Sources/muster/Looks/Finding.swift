import Execution
import Planning
import VolumeActivation

/// What a look at a planned host shows of its licence.
enum Finding: String, CaseIterable, Encodable {
  case licensedByKMS
  case notRenewing
  case pointsElsewhere
  case onOldKey
  case unlicensed
  case otherKey
  case unreachable
}

extension Finding {
  /// A KMS licence lasts 180 days and is asked for anew every 7: with less left than 172 days the
  /// last request went unanswered.
  private static let leastMinutes = 172 * 24 * 60

  init(_ host: PlannedHost, _ kmsHost: KMSAddress, _ sight: Sweep.Sight) {
    guard case .success(let state) = sight else {
      self = .unreachable
      return
    }
    guard state.partialKey == host.to else {
      guard state.partialKey == host.from else {
        self = .otherKey
        return
      }
      self = state.status == .licensed || !host.licensed ? .onOldKey : .unlicensed
      return
    }
    if state.status != .licensed {
      self = .unlicensed
    } else if !state.renews(at: kmsHost) {
      self = .pointsElsewhere
    } else {
      self = state.graceMinutes < Self.leastMinutes ? .notRenewing : .licensedByKMS
    }
  }

  /// Whether a person has to see to it.
  var needsAttention: Bool {
    switch self {
    case .licensedByKMS, .onOldKey: false
    case .notRenewing, .pointsElsewhere, .unlicensed, .otherKey, .unreachable: true
    }
  }

  /// Whether the host keeps its place in the KMS host's count.
  ///
  /// One that could not be read most likely does; what went back to its MAK or to another KMS host
  /// leaves the count after 30 days.
  var staysCounted: Bool {
    switch self {
    case .licensedByKMS, .notRenewing, .unlicensed, .unreachable: true
    case .pointsElsewhere, .onOldKey, .otherKey: false
    }
  }

  var words: String {
    switch self {
    case .licensedByKMS: "licensed by KMS"
    case .notRenewing: "licensed by KMS, not renewed for 8 days"
    case .pointsElsewhere: "licensed by KMS, but asks another KMS host than planned"
    case .onOldKey: "on the key it was planned with"
    case .unlicensed: "not licensed"
    case .otherKey: "has somebody else's key"
    case .unreachable: "could not be read"
    }
  }
}

extension HostState {
  /// The KMS host that is set, for Windows itself before the whole service; nil where DNS decides.
  var kmsAddress: KMSAddress? { (productKMSSetting ?? kmsSetting).address }

  /// Whether its next request goes to the KMS host, as far as its settings say.
  ///
  /// Where DNS decides, the KMS host that answered last tells, if the host remembers it.
  fileprivate func renews(at kmsHost: KMSAddress) -> Bool {
    if let kmsAddress { return kmsAddress == kmsHost }
    return lastKMSHost?.isSameMachine(as: kmsHost.name) ?? true
  }
}
