import VolumeActivation

/// Why a host lacks a way back to its MAK.
enum MissingWayBack {
  case unknownChannel
  case unknownKey
  case notSupplied
  case exhausted(Int, spares: Int)

  /// Tells the cases apart as a number.
  var rank: UInt32 {
    switch self {
    case .unknownChannel: 0
    case .unknownKey: 1
    case .notSupplied: 2
    case .exhausted: 3
    }
  }
}

/// The words of the verdicts: what is wrong, and behind it what a person can do.
///
/// They hold no host's name and no line, so that hosts with one reason fold into one row.
enum Reason {
  static let sharedUUID = """
    shares its UUID with another host: one machine under two names, or a clone; keep the record \
    that is right, or give the clone a UUID of its own
    """
  static let wrongName = """
    the machine that answers calls itself by another name; correct DNS or the inventory, then \
    scan again
    """
  static let ownKMSHost = "is a KMS host of the configuration, which is never changed"
  static let unknownKMSHost = """
    carries a KMS host key but the configuration does not name it; add it to kmsHosts, or take \
    the key away, since it spends one of the key's six activations
    """
  static let noKMSClientLicense = """
    has no KMS-client licence of its edition installed; install the volume edition, or keep its \
    MAK
    """
  static let noVolumeMarker = """
    Windows 7 without the volume marker in its BIOS, which KMS refuses (0xC004F035); keep its MAK
    """
  static let discovers = """
    is a KMS client that finds its KMS host by DNS, so nothing says whom it asks; nothing to do, \
    or name its KMS host in the inventory
    """
  static let renews = "is licensed by its KMS host and renews by itself; nothing to do"
  static let cannotReachKMS = """
    cannot reach its KMS host, VPN included, once in 180 days; keep its MAK
    """
  static let isolated = "is on a network of its own; keep its MAK"
  static let unreachable = "could not be read by the last scan; scan again when it is back"

  static func lastSeen(days: UInt32) -> String {
    "was last seen \(days) days ago; scan again when it is back"
  }

  static func conflict(records: Int, fields: [String]) -> String {
    """
    \(records) records of this name differ in \(fields.joined(separator: ", ")); keep the one \
    that is right
    """
  }

  /// 3: what no on-premises KMS host activates.
  static func notOnPremises(_ verdict: Verdict) -> String {
    switch verdict {
    case .azureMachine: "is an Azure VM, which Azure's own KMS activates; nothing to do"
    case .azureEdition: "runs Azure Edition, which Azure activates; nothing to do"
    case .multiSession:
      "runs Enterprise multi-session, which no on-premises KMS host activates; nothing to do"
    case .avmaGuest: "is activated by the Hyper-V host it runs on (AVMA); nothing to do"
    case .subscription: "is activated by its user's subscription; nothing to do"
    case .adActivated: "is activated by Active Directory and never asks KMS; nothing to do"
    case .evaluation:
      "runs an evaluation edition, which takes no client setup key; convert the edition first"
    case .retail: "has a retail licence of its own; nothing to do"
    case .oem: "has its maker's licence (OEM); nothing to do"
    case .nonPersistent: "is made anew from an image; change the image instead"
    case .conflictingRecords, .sharedIdentity, .kmsHost, .noPublishedKey, .noKMSClientLicense,
      .notCovered, .noVolumeMarker, .noKMSHost, .ambiguousKMSHost, .renewsElsewhere,
      .alreadyKMSClient, .cannotReachKMS, .thresholdOutOfReach, .isolated, .noWayBack,
      .unreachable:
      preconditionFailure("\(verdict) has a reason of its own")
    }
  }

  static func notCovered(_ key: ClientSetupKey?, by kmsHost: DeclaredKMSHost) -> String {
    let keys = (key?.hostKeys ?? []).map(\.rawValue).joined(separator: " or ")
    return """
      the host key of \(kmsHost.address) (\(kmsHost.hostKey ?? "unknown")) does not cover \
      \(key?.product ?? "its product"); install a host key for \(keys)
      """
  }

  static func unserved(site: String) -> String {
    site.isEmpty
      ? "has no site, and no KMS host serves those; add its site to the inventory"
      : "no KMS host serves its site \(site); add the site to one of kmsHosts"
  }

  static func ambiguous(site: String, _ names: [String]) -> String {
    """
    its site \(site.isEmpty ? "(none)" : site) is served by \(names.joined(separator: " and ")); \
    name the site under one of them, or the KMS host in the inventory's column kmsHost
    """
  }

  static func renewsElsewhere(_ other: KMSAddress?) -> String {
    """
    is a KMS client of \(other.map { "\($0)" } ?? "another KMS host"), which is not ours; add it \
    to kmsHosts, or leave it
    """
  }

  static func noWayBack(_ missing: MissingWayBack, _ key: PartialProductKey?) -> String {
    let name = key.map { "…\($0)" } ?? "its MAK"
    return switch missing {
    case .unknownChannel:
      """
      neither its channel nor its key is known; scan it, or add the columns channel and \
      partialProductKey
      """
    case .unknownKey:
      key == nil
        ? "the last five characters of its MAK are not known; scan it"
        : """
        the configuration has no MAK \(name); add it to maks, or name the host in \
        allowIrreversible
        """
    case .notSupplied:
      """
      the configuration has no secret for the MAK \(name); add it, or name the host in \
      allowIrreversible
      """
    case .exhausted(let left, let spares):
      """
      the MAK \(name) has \(left) activations left and \(spares) are kept as spares; have it \
      raised, or name the host in allowIrreversible
      """
    }
  }
}
