/// What the column `tags` says of a host: the tags that planning knows, and its ring.
///
/// Tags are separated by spaces, commas, semicolons or bars; case does not matter, and tags that
/// planning does not know are the operator's own. This is the one list of those it knows.
package struct HostTags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// `azure`: an Azure VM, which activates against Azure's own KMS.
  package static let azure = HostTags(rawValue: 1 << 0)
  /// `multi-session`: Windows Enterprise multi-session (its edition `ServerRdsh` says so too).
  package static let multiSession = HostTags(rawValue: 1 << 1)
  /// `avma-guest`: activated by the Hyper-V host it runs on.
  package static let avmaGuest = HostTags(rawValue: 1 << 2)
  /// `subscription`: activated by a user's subscription, or due to be.
  package static let subscription = HostTags(rawValue: 1 << 3)
  /// `non-persistent`, `vdi`, `pvs`, `instant-clone`: made anew from an image.
  package static let nonPersistent = HostTags(rawValue: 1 << 4)
  /// `no-kms-client-license`: no VOLUME_KMSCLIENT licence of its edition is installed.
  package static let noKMSClientLicense = HostTags(rawValue: 1 << 5)
  /// `volume-marker`: Windows 7 whose BIOS carries the marker that volume licensing needs.
  package static let volumeMarker = HostTags(rawValue: 1 << 6)
  /// `no-volume-marker`: Windows 7 whose BIOS lacks it.
  package static let noVolumeMarker = HostTags(rawValue: 1 << 7)
  /// `no-kms-path`, `no-vpn`: cannot reach its KMS host, VPN included, once in 180 days.
  package static let noKMSPath = HostTags(rawValue: 1 << 8)
  /// `isolated`: on a network of its own; stays as it is.
  package static let isolated = HostTags(rawValue: 1 << 9)
  /// `unreachable`: the last scan could not read it.
  package static let unreachable = HostTags(rawValue: 1 << 10)
  /// `wrong-name`: the machine that answered calls itself by another name.
  package static let wrongName = HostTags(rawValue: 1 << 11)
  /// `roaming`, `laptop`: moves between networks (the column `roaming` says so too).
  package static let roaming = HostTags(rawValue: 1 << 12)
  /// `domain-controller`, `dc` (product type 2 says so too).
  package static let domainController = HostTags(rawValue: 1 << 13)
  /// `cluster-node`, `cluster`: a node of a failover cluster.
  package static let clusterNode = HostTags(rawValue: 1 << 14)
  /// `session-host`, `rds`: a Remote Desktop session host.
  package static let sessionHost = HostTags(rawValue: 1 << 15)
  /// `avma-parent`: a Hyper-V host whose guests are activated by it.
  package static let avmaParent = HostTags(rawValue: 1 << 16)

  /// Each spelling and what it means.
  package static let spellings: [String: HostTags] = [
    "azure": .azure, "multi-session": .multiSession, "avma-guest": .avmaGuest,
    "subscription": .subscription, "non-persistent": .nonPersistent, "vdi": .nonPersistent,
    "pvs": .nonPersistent, "instant-clone": .nonPersistent,
    "no-kms-client-license": .noKMSClientLicense, "volume-marker": .volumeMarker,
    "no-volume-marker": .noVolumeMarker, "no-kms-path": .noKMSPath, "no-vpn": .noKMSPath,
    "isolated": .isolated, "unreachable": .unreachable, "wrong-name": .wrongName,
    "roaming": .roaming, "laptop": .roaming, "domain-controller": .domainController,
    "dc": .domainController, "cluster-node": .clusterNode, "cluster": .clusterNode,
    "session-host": .sessionHost, "rds": .sessionHost, "avma-parent": .avmaParent,
  ]

  /// Those whose hosts are grouped: at most one of a group is exposed at a time.
  package static let grouped: HostTags = [
    .domainController, .clusterNode, .sessionHost, .avmaParent,
  ]
}

extension HostTags {
  /// The group, within its site, of a machine that has to have one and was given none.
  var groupName: String {
    if contains(.clusterNode) { return "cluster-nodes" }
    if contains(.sessionHost) { return "session-hosts" }
    return contains(.avmaParent) ? "avma-parents" : "domain-controllers"
  }

  /// Reads the text of the column `tags`.
  package init(_ text: String) {
    self = []
    for word in Self.words(of: text) {
      if let known = Self.spellings[word] { insert(known) }
    }
  }

  /// The text behind `ring-` or `ring:` or `ring=`, such as `1` or `pilot`; empty without one.
  ///
  /// Rings go by their text, those without a ring last; a rollout keeps a ring together.
  package static func ring(in text: String) -> String {
    for word in words(of: text) where word.hasPrefix("ring") && word.utf8.count > 5 {
      let mark = word.index(word.startIndex, offsetBy: 4)
      if "-:=".contains(word[mark]) { return String(word[word.index(after: mark)...]) }
    }
    return ""
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { " ,;|\t".contains($0) }.map(String.init)
  }
}
