package import Engine
package import VolumeActivation

/// What a driver keeps of a host before it is first changed, as far as looks need it.
package struct KeptHost: Hashable, Sendable {
  package var setting: SettingSlot
  package var edition: UInt16
}

// Looks and readings without their texts; a test holds them against those made from whole states.
extension SimulatedFleet {
  /// What is to be kept of a host as it is.
  package func kept(_ place: Int) -> KeptHost {
    KeptHost(setting: hosts[place].setting, edition: hosts[place].edition)
  }

  /// A planned host's state with the eyes of its plan.
  package mutating func look(
    _ place: Int, kept: KeptHost?, isMigration: Bool, at now: Timestamp
  ) -> Look {
    settle(place, at: now)
    let host = hosts[place]
    let traits = blueprint.traits[place]
    let wanted = traits.wantedKMSHost
    var obstacles = Obstacles(rawValue: 0)
    if isMigration || kept == nil {
      switch host.activationTypeEnabled {
      case 0, 2: break
      default: obstacles.insert(.activationType)
      }
      if host.productSetting != .discovered,
        targets[Int(host.productSetting.rawValue)] != wanted
      {
        obstacles.insert(.productKMSName)
      }
      if !traits.hasKMSClientLicense { obstacles.insert(.noKMSClientLicense) }
      if traits.lacksVolumeMarker { obstacles.insert(.noVolumeMarker) }
    }
    return Look(
      key: host.key == traits.target
        ? .target : host.key == traits.original ? .original : .other,
      licensed: host.status == .licensed,
      pointsAtKMSHost: wanted != 0 && targets[Int(host.setting.rawValue)] == wanted,
      settingsAsBefore: kept.map { $0.setting == host.setting } ?? true,
      sameMachine: host.edition == kept?.edition ?? traits.edition,
      confirmationFits: isAsStored(place), obstacles: obstacles,
      graceMinutes: host.status == .licensed ? 0 : UInt16(clamping: host.minutesLeft(at: now)),
      machine: host.machine.map { Look.hash($0) } ?? 0,
      skewMinutes: Int16(clamping: host.skew.rawValue / 60_000), bootedAt: host.bootedAt)
  }

  /// A KMS host's state with the eyes of its plan.
  package func reading(ofKMSHost place: Int, at now: Timestamp) -> KMSReading {
    let host = kmsHosts[place]
    var faults = KMSHostFaults(rawValue: 0)
    if !host.isKMSHost { faults.insert(.notKMSHost) }
    if host.isKMSHost, !host.isLicensed { faults.insert(.notLicensed) }
    let isKnown = host.isKMSHost && host.isLicensed
    return KMSReading(
      count: isKnown ? UInt16(clamping: host.memory.count(at: now)) : nil,
      sawClientRequest: host.memory.greatestThreshold >= ProductKind.client.threshold,
      bootedAt: host.bootedAt, skewMinutes: Int16(clamping: host.skew.rawValue / 60_000),
      faults: faults)
  }
}
