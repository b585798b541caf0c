package import VolumeActivation

/// What a host was before it was first changed, as journals keep it; the names of its properties are
/// the names on disk.
package struct StoredHostState: Hashable, Codable, Sendable {
  package var computerName: HostName
  package var uuid: String?
  package var clock: Timestamp
  package var booted: Timestamp
  package var kind: ProductKind
  package var edition: EditionID
  package var version: NTVersion
  package var build: Int
  /// `mak`, `kms-client`, `retail`, `oem`, `kms-host`, `evaluation`, `avma`, `subscription`, `none`.
  package var channel: String
  package var partialKey: PartialProductKey?
  /// `SoftwareLicensingProduct.LicenseStatus`.
  package var status: UInt8
  package var statusReason: HRESULT?
  package var graceMinutes: Int
  package var installationID: InstallationID?
  package var clientMachineID: ClientMachineID?
  package var kms: Setting
  package var productKMS: Setting?
  package var lastKMSHost: HostName?
  package var activationTypeEnabled: UInt8
  package var activationType: UInt8
  package var kmsClientLicense: Bool
  package var volumeMarker: Bool?
  package var licensedAddOns: [PartialProductKey]

  /// What a host is told about its KMS host.
  package struct Setting: Hashable, Codable, Sendable {
    package var name: HostName?
    package var port: UInt16?

    init(_ setting: KMSSetting) {
      name = setting.name
      port = setting.port
    }

    var setting: KMSSetting { KMSSetting(name: name, port: port) }
  }

  /// Writes a host's state down.
  package init(_ state: HostState) {
    computerName = state.computerName
    uuid = state.uuid
    clock = state.clock
    booted = state.bootedAt
    kind = state.kind
    edition = state.edition
    version = state.version
    build = state.build
    channel = state.channel.word
    partialKey = state.partialKey
    status = state.status.rawValue
    statusReason = state.statusReason
    graceMinutes = state.graceMinutes
    installationID = state.installationID
    clientMachineID = state.clientMachineID
    kms = Setting(state.kmsSetting)
    productKMS = state.productKMSSetting.map(Setting.init)
    lastKMSHost = state.lastKMSHost
    activationTypeEnabled = state.activationTypeEnabled
    activationType = state.activationType
    kmsClientLicense = state.hasKMSClientLicense
    volumeMarker = state.hasVolumeMarker
    licensedAddOns = state.licensedAddOns
  }

  /// The state; throws when a word or a number is not known here.
  package func state() throws(StoredWordError) -> HostState {
    guard let channel = Channel.allCases.first(where: { $0.word == self.channel }) else {
      throw StoredWordError(word: channel)
    }
    guard let status = LicenseStatus(rawValue: status) else {
      throw StoredWordError(word: "licence status \(status)")
    }
    return HostState(
      computerName: computerName, uuid: uuid, clock: clock, bootedAt: booted, kind: kind,
      edition: edition, version: version, build: build, channel: channel, partialKey: partialKey,
      status: status, statusReason: statusReason, graceMinutes: graceMinutes,
      installationID: installationID, clientMachineID: clientMachineID, kmsSetting: kms.setting,
      productKMSSetting: productKMS?.setting, lastKMSHost: lastKMSHost,
      activationTypeEnabled: activationTypeEnabled, activationType: activationType,
      hasKMSClientLicense: kmsClientLicense, hasVolumeMarker: volumeMarker,
      licensedAddOns: licensedAddOns)
  }
}

extension Channel {
  /// Its word on disk.
  fileprivate var word: String {
    switch self {
    case .mak: "mak"
    case .kmsClient: "kms-client"
    case .retail: "retail"
    case .oem: "oem"
    case .kmsHost: "kms-host"
    case .evaluation: "evaluation"
    case .avma: "avma"
    case .subscription: "subscription"
    case .none: "none"
    }
  }
}
