package import Planning
package import VolumeActivation

extension Look {
  /// Sees a host's state with the eyes of its plan.
  ///
  /// - `checkpoint`: What the journal holds of the host before it was first changed; nil before.
  /// - `now`: When the state was read, by our clock.
  package init(
    state: HostState, host: PlannedHost, checkpoint: HostState?, kmsHost: KMSAddress,
    at now: Timestamp
  ) {
    let skew = state.clock - now
    let key: InstalledKey =
      if state.partialKey == host.to { .target } else if state.partialKey == host.from {
        .original
      } else { .other }
    var obstacles: Obstacles = []
    if host.action == .migrate || checkpoint == nil {
      switch state.activationTypeEnabled {
      case 0, 2: break
      default: obstacles.insert(.activationType)
      }
      if let product = state.productKMSSetting, product.name != nil, !product.points(at: kmsHost) {
        obstacles.insert(.productKMSName)
      }
      if !state.hasKMSClientLicense { obstacles.insert(.noKMSClientLicense) }
      if state.version == NTVersion(6, 1), state.hasVolumeMarker == false {
        obstacles.insert(.noVolumeMarker)
      }
    }
    let answersAsItself = state.computerName.isSameMachine(as: host.name)
    if !answersAsItself { obstacles.insert(.otherName) }
    let sameUUID =
      if let before = checkpoint?.uuid, let uuid = state.uuid { before == uuid } else { true }
    var confirmationFits = false
    if case .confirmation(_, let installation, _) = host.wayBack {
      confirmationFits = state.installationID == installation
    }
    self.init(
      key: key, licensed: state.status == .licensed,
      pointsAtKMSHost: state.kmsSetting.points(at: kmsHost),
      settingsAsBefore: checkpoint.map { $0.kmsSetting == state.kmsSetting } ?? true,
      sameMachine: answersAsItself && sameUUID
        && state.edition == (checkpoint?.edition ?? host.edition),
      confirmationFits: confirmationFits,
      addOnsAsBefore: checkpoint.map { before in
        before.licensedAddOns.allSatisfy(state.licensedAddOns.contains)
      } ?? true,
      obstacles: obstacles,
      graceMinutes: state.status == .licensed ? 0 : UInt16(clamping: state.graceMinutes),
      machine: state.clientMachineID.map(Self.hash) ?? 0,
      skewMinutes: Int16(clamping: skew.rawValue / 60_000),
      bootedAt: Timestamp(rawValue: state.bootedAt.rawValue - skew.rawValue))
  }

  /// A CMID folded to 32 bits, never 0.
  package static func hash(_ id: ClientMachineID) -> UInt32 {
    var mixed = id.high ^ (id.low &* 0x9E37_79B9_7F4A_7C15)
    mixed = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
    return max(1, UInt32(truncatingIfNeeded: mixed ^ (mixed >> 32)))
  }
}
