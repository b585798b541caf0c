package import VolumeActivation

/// A reviewed artefact: which hosts, which keys, which waves, and the count projected.
///
/// A plan is applied as it stands or refused; applying it never plans again.
package struct Plan: Hashable, Sendable {
  package var header: PlanHeader
  package var waves: [Wave]
  /// In the order they are begun, by wave and then by position.
  ///
  /// A host's index is its `HostID`.
  package var hosts: [PlannedHost]
  /// Everybody else in the inventory, by name, each with one verdict.
  package var leftOut: [LeftOutHost]
  /// SHA-256 of the document before its trailer; what the journal ties itself to.
  package var digest: PlanDigest

  package init(
    header: PlanHeader, waves: [Wave], hosts: [PlannedHost], leftOut: [LeftOutHost],
    digest: PlanDigest
  ) {
    self.header = header
    self.waves = waves
    self.hosts = hosts
    self.leftOut = leftOut
    self.digest = digest
  }
}

/// A SHA-256 as 64 lower-case hexadecimal digits.
package struct PlanDigest: RawRepresentable, Hashable, Codable, Sendable {
  package var rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// A host's index in `Plan.hosts`, counted from 0.
package struct HostID: RawRepresentable, Hashable, Comparable, Codable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  package static func < (left: HostID, right: HostID) -> Bool { left.rawValue < right.rawValue }
}

/// An index in `PlanHeader.kmsHosts`, counted from 0.
package struct KMSHostID: RawRepresentable, Hashable, Comparable, Codable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static func < (left: KMSHostID, right: KMSHostID) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// An index in `PlanHeader.maks`, counted from 0.
package struct MAKID: RawRepresentable, Hashable, Comparable, Codable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static func < (left: MAKID, right: MAKID) -> Bool { left.rawValue < right.rawValue }
}

/// An index in `Plan.waves`, counted from 0; people see it counted from 1.
package struct WaveID: RawRepresentable, Hashable, Comparable, Codable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static func < (left: WaveID, right: WaveID) -> Bool { left.rawValue < right.rawValue }
}

/// The first line of a plan.
package struct PlanHeader: Hashable, Codable, Sendable {
  /// `muster-plan/1`.
  package var format: String
  /// Written because of `--draft` although the guard refuses: it cannot be applied.
  package var draft: Bool
  /// The day that ages in the inventory were reckoned from.
  package var asOf: Timestamp
  /// SHA-256 over the inventory's records in canonical order.
  package var inventory: PlanDigest
  package var policy: Policy
  package var kmsHosts: [PlannedKMSHost]
  package var maks: [PlannedMAK]
  package var entitlements: [PlannedEntitlement]
  /// What a person should read before approving, one sentence each.
  package var warnings: [String]

  package init(
    draft: Bool, asOf: Timestamp, inventory: PlanDigest, policy: Policy,
    kmsHosts: [PlannedKMSHost], maks: [PlannedMAK], entitlements: [PlannedEntitlement],
    warnings: [String]
  ) {
    format = Self.currentFormat
    self.draft = draft
    self.asOf = asOf
    self.inventory = inventory
    self.policy = policy
    self.kmsHosts = kmsHosts
    self.maks = maks
    self.entitlements = entitlements
    self.warnings = warnings
  }

  package static let currentFormat = "muster-plan/1"
}

/// A KMS host as the plan sees it.
package struct PlannedKMSHost: Hashable, Codable, Sendable {
  package var address: KMSAddress
  /// What its host key covers; nil when the configuration does not say.
  package var hostKey: String?
  /// The count it was planned with.
  package var count: Int
  /// Whether that count was declared or read; nil when it was neither, and then it is 0.
  package var countSource: CountSource
  /// One per threshold in play.
  package var projections: [Projection]
  /// The greatest number of hosts exposed at a time while it musters.
  package var peakExposed: Int

  package init(
    address: KMSAddress, hostKey: String?, count: Int, countSource: CountSource,
    projections: [Projection], peakExposed: Int
  ) {
    self.address = address
    self.hostKey = hostKey
    self.count = count
    self.countSource = countSource
    self.projections = projections
    self.peakExposed = peakExposed
  }
}

package enum CountSource: String, Hashable, Codable, Sendable {
  case declared
  case read
  case assumed
}

/// Whether a count reaches a threshold, in figures.
package struct Projection: Hashable, Codable, Sendable {
  package var kind: ProductKind
  package var threshold: Int
  /// Counted now.
  package var counted: Int
  /// How many hosts of the plan can raise the count.
  package var canAdd: Int
  /// The probability that enough of them do, by the exact Poisson-binomial.
  package var probability: Double

  package init(
    kind: ProductKind, threshold: Int, counted: Int, canAdd: Int, probability: Double
  ) {
    self.kind = kind
    self.threshold = threshold
    self.counted = counted
    self.canAdd = canAdd
    self.probability = probability
  }
}

/// A MAK that hosts of the plan can go back to; never the key itself.
package struct PlannedMAK: Hashable, Codable, Sendable {
  package var endsWith: PartialProductKey
  /// Activations left when the plan was made.
  package var activationsLeft: Int
  /// How many hosts of the plan carry it.
  package var hosts: Int
  /// The most that can be exposed on it at one time.
  package var peak: Int

  package init(endsWith: PartialProductKey, activationsLeft: Int, hosts: Int, peak: Int) {
    self.endsWith = endsWith
    self.activationsLeft = activationsLeft
    self.hosts = hosts
    self.peak = peak
  }
}

/// Licences owned for a product, and how many hosts the plan would leave on it.
package struct PlannedEntitlement: Hashable, Codable, Sendable {
  package var product: String
  package var owned: Int
  package var used: Int

  package init(product: String, owned: Int, used: Int) {
    self.product = product
    self.owned = owned
    self.used = used
  }
}

/// A set of hosts that is opened, watched and closed together.
package struct Wave: Hashable, Codable, Sendable {
  /// Counted from 1.
  package var number: Int
  package var kind: WaveKind
  package var kmsHost: KMSHostID
  package var hosts: Int
  /// The greatest number exposed at a time if everybody answers.
  package var peakExposed: Int
  /// Whether a person must approve it before it opens.
  package var needsApproval: Bool
  /// Site names in this wave, sorted.
  package var sites: [String]

  package init(
    number: Int, kind: WaveKind, kmsHost: KMSHostID, hosts: Int, peakExposed: Int,
    needsApproval: Bool, sites: [String]
  ) {
    self.number = number
    self.kind = kind
    self.kmsHost = kmsHost
    self.hosts = hosts
    self.peakExposed = peakExposed
    self.needsApproval = needsApproval
    self.sites = sites
  }
}

package enum WaveKind: String, Hashable, Codable, Sendable {
  /// KMS clients that are asked again, which is free and comes first.
  case renewal
  /// The wave that brings a KMS host's count to the threshold.
  case muster
  case rollout
}

/// What is done to a planned host.
package enum PlannedAction: String, Hashable, Codable, Sendable {
  /// MAK to KMS: `skms`, `ipk`, `ato`.
  case migrate
  /// A KMS client of ours is asked to renew, or to activate for the first time: `ato` alone.
  case ask
}

/// One host of the plan: what it was, what it becomes, its way back.
package struct PlannedHost: Hashable, Codable, Sendable {
  package var name: HostName
  package var action: PlannedAction
  /// Index of its wave, counted from 0.
  package var wave: WaveID
  package var kmsHost: KMSHostID
  package var site: String
  package var kind: ProductKind
  /// The product of the published key, such as `Windows 10` or `Windows Server 2022`.
  package var product: String
  package var edition: EditionID
  package var version: NTVersion
  package var build: Int
  /// The last five characters of the key it has.
  package var from: PartialProductKey?
  /// The last five characters of the published key it gets; for `ask`, of the key it has.
  package var to: PartialProductKey
  /// Whether it is licensed now, so that a change takes something away.
  package var licensed: Bool
  package var clientMachineID: ClientMachineID?
  /// Whether its request raises the count: not a clone's second machine, not counted already.
  package var raisesCount: Bool
  package var wayBack: WayBack
  /// What losing its licence costs, in integers; 0 has nothing to lose.
  package var weight: Int
  /// At most one host of a group is exposed at a time; nil is no group.
  package var group: String?
  /// Whether the order exposes it if every answer comes.
  package var exposed: Bool

  package init(
    name: HostName, action: PlannedAction, wave: WaveID, kmsHost: KMSHostID, site: String,
    kind: ProductKind, product: String, edition: EditionID, version: NTVersion, build: Int,
    from: PartialProductKey?, to: PartialProductKey, licensed: Bool,
    clientMachineID: ClientMachineID?, raisesCount: Bool, wayBack: WayBack, weight: Int,
    group: String?, exposed: Bool
  ) {
    self.name = name
    self.action = action
    self.wave = wave
    self.kmsHost = kmsHost
    self.site = site
    self.kind = kind
    self.product = product
    self.edition = edition
    self.version = version
    self.build = build
    self.from = from
    self.to = to
    self.licensed = licensed
    self.clientMachineID = clientMachineID
    self.raisesCount = raisesCount
    self.wayBack = wayBack
    self.weight = weight
    self.group = group
    self.exposed = exposed
  }
}

/// How a host gets back to its MAK.
package enum WayBack: Hashable, Sendable {
  /// Nothing to go back to: the host had nothing to lose, or its name is in `allowIrreversible`.
  case none
  /// By one activation of this MAK.
  case online(MAKID)
  /// By the stored confirmation ID where the installation ID still matches, else by activation.
  case confirmation(MAKID, InstallationID, ConfirmationID)
}

extension WayBack {
  /// The MAK it draws on.
  package var mak: MAKID? {
    switch self {
    case .none: nil
    case .online(let mak), .confirmation(let mak, _, _): mak
    }
  }
}

/// A host that the plan leaves as it is, and why.
package struct LeftOutHost: Hashable, Codable, Sendable {
  package var name: String
  package var site: String
  package var verdict: Verdict
  /// What a person can do about it, with the figures that led here.
  package var reason: String

  package init(name: String, site: String, verdict: Verdict, reason: String) {
    self.name = name
    self.site = site
    self.verdict = verdict
    self.reason = reason
  }
}

/// Why a host is not migrated; the order of the cases is their precedence.
///
/// Source: DESIGN.md, "Verdicts". Each host of an inventory gets one, or a place in the plan.
package enum Verdict: String, CaseIterable, Hashable, Codable, Sendable {
  case conflictingRecords, sharedIdentity
  case kmsHost
  case azureMachine, azureEdition, multiSession, avmaGuest, subscription, adActivated, evaluation,
    retail, oem, nonPersistent
  case noPublishedKey, noKMSClientLicense, notCovered, noVolumeMarker
  case noKMSHost, ambiguousKMSHost
  case renewsElsewhere, alreadyKMSClient
  case cannotReachKMS, thresholdOutOfReach, isolated
  case noWayBack, unreachable
}

extension WayBack: Codable {
  private enum CodingKeys: String, CodingKey {
    case mak, installationID, confirmationID
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard let mak = try container.decodeIfPresent(MAKID.self, forKey: .mak) else {
      self = .none
      return
    }
    if let installation = try container.decodeIfPresent(
      InstallationID.self, forKey: .installationID)
    {
      self = .confirmation(
        mak, installation, try container.decode(ConfirmationID.self, forKey: .confirmationID))
    } else {
      self = .online(mak)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .none: break
    case .online(let mak): try container.encode(mak, forKey: .mak)
    case .confirmation(let mak, let installation, let confirmation):
      try container.encode(mak, forKey: .mak)
      try container.encode(installation, forKey: .installationID)
      try container.encode(confirmation, forKey: .confirmationID)
    }
  }
}
