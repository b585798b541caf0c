import Planning

extension Verdict {
  /// The verdict in a few words, as a heading of those it befell.
  var words: String {
    switch self {
    case .conflictingRecords: "conflicting records"
    case .sharedIdentity: "shares a name or UUID"
    case .kmsHost: "is a KMS host"
    case .azureMachine: "Azure machine"
    case .azureEdition: "Azure Edition"
    case .multiSession: "multi-session"
    case .avmaGuest: "AVMA guest"
    case .subscription: "subscription-activated"
    case .adActivated: "AD-activated"
    case .evaluation: "evaluation"
    case .retail: "retail"
    case .oem: "OEM"
    case .nonPersistent: "non-persistent desktop"
    case .noPublishedKey: "no published key"
    case .noKMSClientLicense: "no KMS-client licence"
    case .notCovered: "not covered by the host key"
    case .noVolumeMarker: "no volume marker in the BIOS"
    case .noKMSHost: "no KMS host serves its site"
    case .ambiguousKMSHost: "several KMS hosts serve its site"
    case .renewsElsewhere: "renews from another KMS host"
    case .alreadyKMSClient: "already a KMS client"
    case .cannotReachKMS: "cannot reach KMS in 180 days"
    case .thresholdOutOfReach: "threshold out of reach"
    case .isolated: "isolated"
    case .noWayBack: "no way back"
    case .unreachable: "unreachable"
    }
  }
}
