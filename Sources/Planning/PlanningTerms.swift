package import VolumeActivation

/// What planning is told beside the inventory: what `muster.yaml` says, without a secret.
package struct PlanningTerms: Hashable, Sendable {
  package var kmsHosts: [DeclaredKMSHost]
  package var maks: [DeclaredMAK]
  package var entitlements: [Entitlement]
  package var policy: Policy
  /// The day that ages are reckoned from; nil takes the newest `lastSeen` of the inventory, so
  /// that the same inventory gives the same plan on any day.
  package var asOf: Timestamp?
  /// When a KMS host of ours last counted a host, as earlier runs know it.
  ///
  /// For 30 days such a host raises no count again, also when it was taken back to its MAK.
  package var counted: [HostName: Timestamp] = [:]

  package init(
    kmsHosts: [DeclaredKMSHost], maks: [DeclaredMAK] = [], entitlements: [Entitlement] = [],
    policy: Policy = Policy(), asOf: Timestamp? = nil
  ) {
    self.kmsHosts = kmsHosts
    self.maks = maks
    self.entitlements = entitlements
    self.policy = policy
    self.asOf = asOf
  }
}

/// A KMS host as the configuration, or a reading of it, describes it.
package struct DeclaredKMSHost: Hashable, Sendable {
  package var address: KMSAddress
  /// The sites it serves.
  package var sites: [SitePattern]
  /// What its host key covers, such as `Windows Server 2022`; nil when nobody said.
  package var hostKey: String?
  /// Its count; nil when nobody said, and then it is planned as 0.
  package var count: Int?
  /// Whether `count` was declared or read.
  package var countSource: CountSource

  package init(
    address: KMSAddress, sites: [SitePattern] = [], hostKey: String? = nil, count: Int? = nil,
    countSource: CountSource? = nil
  ) {
    self.address = address
    self.sites = sites
    self.hostKey = hostKey
    self.count = count
    self.countSource = countSource ?? (count == nil ? .assumed : .declared)
  }
}

/// A MAK that the configuration names by its last five characters.
package struct DeclaredMAK: Hashable, Sendable {
  package var endsWith: PartialProductKey
  package var activationsLeft: Int
  /// Whether the configuration says where the key itself comes from; without it there is no way
  /// back on this MAK.
  package var isSupplied: Bool

  package init(endsWith: PartialProductKey, activationsLeft: Int, isSupplied: Bool = true) {
    self.endsWith = endsWith
    self.activationsLeft = activationsLeft
    self.isSupplied = isSupplied
  }
}

/// How many licences of a product are owned.
package struct Entitlement: Hashable, Sendable {
  /// A product such as `Windows 10` or `Windows Server 2022`, with or without its edition.
  package var product: String
  package var owned: Int

  package init(product: String, owned: Int) {
    self.product = product
    self.owned = owned
  }
}
