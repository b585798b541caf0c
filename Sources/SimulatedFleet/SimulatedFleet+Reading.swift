import Engine
package import VolumeActivation

// What looks and readings show.
extension SimulatedFleet {
  /// A host's whole state, as WMI would tell it.
  package mutating func state(_ place: Int, at now: Timestamp) -> HostState {
    settle(place, at: now)
    let host = hosts[place]
    let profile = blueprint.profiles[place]
    let key = blueprint.key(host.key)
    return HostState(
      computerName: profile.name, uuid: profile.uuid, clock: now + host.skew,
      bootedAt: host.bootedAt + host.skew, kind: profile.kind,
      edition: blueprint.editions[Int(host.edition)], version: profile.version,
      build: profile.build, channel: key?.channel ?? .none, partialKey: key?.endsWith,
      status: host.status,
      statusReason: host.reason == 0 ? nil : HRESULT(rawValue: host.reason),
      graceMinutes: host.minutesLeft(at: now),
      installationID: host.key == .none ? nil : installationID(place),
      clientMachineID: host.machine, kmsSetting: settings[Int(host.setting.rawValue)],
      productKMSSetting: host.productSetting == .discovered
        ? nil : settings[Int(host.productSetting.rawValue)],
      lastKMSHost: host.lastKMSHost == 0
        ? nil : blueprint.kmsHosts[Int(host.lastKMSHost) - 1].address.name,
      activationTypeEnabled: host.activationTypeEnabled, activationType: host.activationType,
      hasKMSClientLicense: profile.hasKMSClientLicense, hasVolumeMarker: profile.hasVolumeMarker,
      licensedAddOns: profile.licensedAddOns)
  }

  /// What one look at a KMS host shows.
  package func state(ofKMSHost place: Int, at now: Timestamp) -> KMSHostState {
    let host = kmsHosts[place]
    let profile = blueprint.kmsHosts[place]
    let asked = host.totalRequests > 0
    return KMSHostState(
      computerName: profile.address.name, clock: now + host.skew,
      bootedAt: host.bootedAt + host.skew, isKMSHost: host.isKMSHost, isLicensed: host.isLicensed,
      currentCount: asked && host.isKMSHost ? host.memory.count(at: now) : nil,
      totalRequests: asked && host.isKMSHost ? host.totalRequests : nil, hostKey: profile.hostKey,
      version: profile.version, build: profile.build,
      sawClientRequest: host.memory.greatestThreshold >= ProductKind.client.threshold)
  }

  /// What a host's installation ID is at present: it follows from the key and the hardware.
  package func installationID(_ place: Int) -> InstallationID {
    if isAsStored(place), let stored = blueprint.profiles[place].confirmation {
      return stored.installation
    }
    let host = hosts[place]
    let profile = blueprint.profiles[place]
    let installs = host.quirks.contains(.unstableInstallationID) ? UInt64(host.installs) : 0
    let value = profile.seed ^ Dice.mix(UInt64(host.key.rawValue) << 32 | installs)
    return InstallationID(
      rawValue: Self.digits(value, count: profile.version < NTVersion(6, 2) ? 54 : 63))
  }

  /// The confirmation ID that the activation service gives for an installation ID.
  ///
  /// Whoever asks the service for it spends an activation; depositing it spends none.
  package func confirmationID(for installation: InstallationID) -> ConfirmationID {
    ConfirmationID(rawValue: Self.digits(Dice.hash(installation.rawValue), count: 48))
  }

  func installationHash(_ place: Int) -> UInt64 {
    if isAsStored(place), let stored = blueprint.profiles[place].confirmation {
      return stored.installationHash
    }
    return Dice.hash(installationID(place).rawValue)
  }

  /// Whether the installation ID is that of the stored confirmation ID.
  package func isAsStored(_ place: Int) -> Bool {
    let traits = blueprint.traits[place]
    return traits.hasConfirmation && hosts[place].key == traits.original
      && (hosts[place].installs == 0 || !hosts[place].quirks.contains(.unstableInstallationID))
  }

  private static func digits(_ seed: UInt64, count: Int) -> String {
    var text = ""
    var block = seed
    while text.utf8.count < count {
      block = Dice.mix(block &+ 0x9E37_79B9_7F4A_7C15)
      text += String(block % 1_000_000_000)
    }
    return String(text.prefix(count))
  }
}
