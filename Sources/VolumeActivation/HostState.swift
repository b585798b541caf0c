/// What one look at a host shows: everything that planning, the checkpoint and the engine need.
///
/// Source: the WMI properties in slmgr-wmi.md, section 5.
package struct HostState: Hashable, Sendable {
  /// The name the machine gives itself; differs from the name asked for when DNS is stale.
  package var computerName: HostName
  /// The firmware's UUID (`Win32_ComputerSystemProduct.UUID`); nil when it has none.
  package var uuid: String?
  /// The machine's clock when it answered.
  package var clock: Timestamp
  /// When the machine started.
  package var bootedAt: Timestamp

  package var kind: ProductKind
  package var isDomainController: Bool
  package var edition: EditionID
  package var version: NTVersion
  package var build: Int

  package var channel: Channel
  /// The last five characters of the installed Windows key; nil without a key.
  package var partialKey: PartialProductKey?
  package var status: LicenseStatus
  /// `LicenseStatusReason`; nil when the generation does not tell.
  package var statusReason: HRESULT?
  /// Minutes left; with `licensed`, 0 means permanent (MAK) and up to 259,200 means KMS.
  package var graceMinutes: Int
  package var installationID: InstallationID?
  /// nil when the machine has none yet, which happens before a conversion.
  package var clientMachineID: ClientMachineID?

  /// What is set for the whole service.
  package var kmsSetting: KMSSetting
  /// What is set for the Windows product and would override `kmsSetting`; nil when nothing is.
  package var productKMSSetting: KMSSetting?
  /// The KMS host that answered last, as the machine remembers it.
  package var lastKMSHost: HostName?
  /// `VLActivationTypeEnabled`: 0 all, 1 AD, 2 KMS, 3 token.
  package var activationTypeEnabled: UInt8
  /// `VLActivationType`, the way of the last success: 1 AD, 2 KMS, 3 token; 0 none.
  package var activationType: UInt8
  /// Whether a VOLUME_KMSCLIENT licence of the edition is installed on the machine.
  package var hasKMSClientLicense: Bool
  /// Windows 7's volume marker in the BIOS; nil when unknown or not asked for.
  package var hasVolumeMarker: Bool?
  /// ESU add-ons beside Windows, by their last five characters, that are licensed.
  package var licensedAddOns: [PartialProductKey]

  package init(
    computerName: HostName, uuid: String? = nil, clock: Timestamp, bootedAt: Timestamp,
    kind: ProductKind, isDomainController: Bool = false, edition: EditionID, version: NTVersion,
    build: Int, channel: Channel, partialKey: PartialProductKey?, status: LicenseStatus,
    statusReason: HRESULT? = nil, graceMinutes: Int, installationID: InstallationID?,
    clientMachineID: ClientMachineID?, kmsSetting: KMSSetting = .discovered,
    productKMSSetting: KMSSetting? = nil, lastKMSHost: HostName? = nil,
    activationTypeEnabled: UInt8 = 0, activationType: UInt8 = 0,
    hasKMSClientLicense: Bool = true, hasVolumeMarker: Bool? = nil,
    licensedAddOns: [PartialProductKey] = []
  ) {
    self.computerName = computerName
    self.uuid = uuid
    self.clock = clock
    self.bootedAt = bootedAt
    self.kind = kind
    self.isDomainController = isDomainController
    self.edition = edition
    self.version = version
    self.build = build
    self.channel = channel
    self.partialKey = partialKey
    self.status = status
    self.statusReason = statusReason
    self.graceMinutes = graceMinutes
    self.installationID = installationID
    self.clientMachineID = clientMachineID
    self.kmsSetting = kmsSetting
    self.productKMSSetting = productKMSSetting
    self.lastKMSHost = lastKMSHost
    self.activationTypeEnabled = activationTypeEnabled
    self.activationType = activationType
    self.hasKMSClientLicense = hasKMSClientLicense
    self.hasVolumeMarker = hasVolumeMarker
    self.licensedAddOns = licensedAddOns
  }
}

extension ProductKind: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    switch try container.decode(String.self) {
    case "client": self = .client
    case "server": self = .server
    case let other:
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(other) is neither client nor server")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension HRESULT: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let code = HRESULT(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an HRESULT")
    }
    self = code
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
