package import VolumeActivation

/// What never changes of one simulated Windows machine, and how it was found.
package struct HostProfile: Codable, Sendable {
  package var name: HostName
  package var site: String
  package var uuid: String?
  package var kind: ProductKind
  package var product: String
  package var edition: EditionID
  package var version: NTVersion
  package var build: Int
  /// The key it was found with, and the key that it is planned to get.
  package var original: KeySlot
  package var target: KeySlot
  package var licence: SimulatedHost.Licence
  package var machine: ClientMachineID?
  /// What is set on it at first.
  package var setting: KMSSetting
  package var productSetting: KMSSetting?
  package var activationTypeEnabled: UInt8 = 0
  package var hasKMSClientLicense = true
  package var hasVolumeMarker: Bool?
  package var licensedAddOns: [PartialProductKey] = []
  /// A machine that is away from the office most of the day.
  package var isRoaming = false
  package var confirmation: StoredConfirmation?
  /// The KMS host that DNS names to it, as its place in the blueprint; nil when there is none.
  package var discovers: Int?
  /// KMS hosts whose host key does not cover it, one bit each.
  package var notCovered: UInt64 = 0
  /// A hash of its name, from which its own identifiers follow.
  package var seed: UInt64

  /// A confirmation ID that was kept, with hashes of its texts.
  package struct StoredConfirmation: Codable, Sendable {
    package var installation: InstallationID
    package var confirmation: ConfirmationID
    package var installationHash: UInt64
    package var confirmationHash: UInt64

    package init(_ installation: InstallationID, _ confirmation: ConfirmationID) {
      self.installation = installation
      self.confirmation = confirmation
      installationHash = Dice.hash(installation.rawValue)
      confirmationHash = Dice.hash(confirmation.rawValue)
    }
  }

  package init(
    name: HostName, site: String, kind: ProductKind, product: String, edition: EditionID,
    version: NTVersion, build: Int, original: KeySlot, target: KeySlot,
    licence: SimulatedHost.Licence, machine: ClientMachineID?, setting: KMSSetting = .discovered
  ) {
    self.name = name
    self.site = site
    self.kind = kind
    self.product = product
    self.edition = edition
    self.version = version
    self.build = build
    self.original = original
    self.target = target
    self.licence = licence
    self.machine = machine
    self.setting = setting
    seed = Dice.hash(name.rawValue)
    uuid = ClientMachineID(high: Dice.mix(seed ^ 1), low: Dice.mix(seed ^ 2)).description
  }
}

/// A key that a fleet knows, by its last five characters; nothing else of it is kept.
package struct FleetKey: Hashable, Codable, Sendable {
  package var endsWith: PartialProductKey
  package var channel: Channel
  /// Its account at the activation service; nil for what is not a MAK.
  package var account: Int?
  /// The editions it is for; empty for a key that any edition takes.
  package var editions: Set<EditionRelease> = []

  package init(endsWith: PartialProductKey, channel: Channel, account: Int? = nil) {
    self.endsWith = endsWith
    self.channel = channel
    self.account = account
  }
}

/// An edition of one generation, which is what a client setup key is for.
package struct EditionRelease: Hashable, Codable, Sendable {
  package var edition: EditionID
  package var version: NTVersion

  package init(edition: EditionID, version: NTVersion) {
    self.edition = edition
    self.version = version
  }
}

/// What never changes of one simulated KMS host.
package struct KMSHostProfile: Codable, Sendable {
  package var address: KMSAddress
  package var hostKey: String?
  /// The count it has at first.
  package var count: Int
  package var version = NTVersion(10, 0)
  package var build = 20348
  package var isKMSHost = true
  package var isLicensed = true

  package init(address: KMSAddress, hostKey: String?, count: Int) {
    self.address = address
    self.hostKey = hostKey
    self.count = count
  }
}
