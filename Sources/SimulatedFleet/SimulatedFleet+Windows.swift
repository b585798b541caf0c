package import VolumeActivation

// What Windows does when it is told to; slmgr.vbs's verbs, by generation.
extension SimulatedFleet {
  /// Carries out a change at once.
  ///
  /// - Returns: The code it is refused with; nil when it was carried out.
  package mutating func carryOut(
    _ action: FleetAction, on place: Int, by doer: Deed.Doer, at now: Timestamp
  ) -> HRESULT? {
    note(place)
    settle(place, at: now)
    var spent: Int?
    let hadKMSLicence = hosts[place].licence == .kms
    let refusal: HRESULT? =
      switch action {
      case .setKMS(let slot):
        setKMS(slot, on: place)
      case .setKMSHalf(let half, let slot):
        setKMS(merged(half, of: slot, on: place), on: place)
      case .installKey(let slot):
        installKey(slot, on: place, at: now)
      case .activate:
        activate(place, at: now, spent: &spent)
      case .deposit(let confirmation, let installation):
        deposit(confirmation, for: installation, on: place)
      }
    if doer == .muster, place >= blueprint.planned { totals.strangersWritten += 1 }
    ledger.append(
      Deed(
        at: now, host: place, kind: action.deed, by: doer, key: action.key, refused: refusal,
        hadKMSLicence: hadKMSLicence, spent: spent))
    return refusal
  }

  private mutating func setKMS(_ slot: SettingSlot, on place: Int) -> HRESULT? {
    hosts[place].setting = slot
    return nil
  }

  /// The setting of a host with one half of another.
  private mutating func merged(
    _ half: KMSHalf, of slot: SettingSlot, on place: Int
  ) -> SettingSlot {
    var setting = settings[Int(hosts[place].setting.rawValue)]
    let other = settings[Int(slot.rawValue)]
    switch half {
    case .name: setting.name = other.name
    case .port: setting.port = other.port
    }
    return self.slot(of: setting)
  }

  /// `/ipk` replaces the installed key without asking; the activation is gone.
  private mutating func installKey(
    _ slot: KeySlot?, on place: Int, at now: Timestamp
  ) -> HRESULT? {
    guard let slot, let key = blueprint.keyTraits(slot) else { return .keyInvalid }
    let traits = blueprint.traits[place]
    if key.isClientSetupKey {
      guard traits.hasKMSClientLicense else { return .licenseNotInstalled }
      let fits =
        slot == traits.target && hosts[place].edition == traits.edition && traits.targetFits
      if !fits, let refusal = changeEdition(of: place, for: slot) { return refusal }
    }
    hosts[place].key = slot
    hosts[place].installs &+= 1
    hosts[place].lastKMSHost = 0
    if hosts[place].machine == nil {
      hosts[place].machine = newMachineID(place, installs: hosts[place].installs)
    }
    let grace = Grace.afterKeyChange(traits.version, traits.kind)
    unlicense(place, grace.status, grace.reason, for: grace.length, at: now)
    if key.isClientSetupKey {
      let jitter = Milliseconds(rawValue: Int64(traits.seed % 60_000))
      ask(place, nextAt: now + Grace.activationInterval + jitter)
    } else {
      hosts[place].nextAsk = .never
    }
    return nil
  }

  /// A key of another edition of the same release silently changes the edition.
  private mutating func changeEdition(of place: Int, for slot: KeySlot) -> HRESULT? {
    guard let editions = blueprint.key(slot)?.editions else { return .keyInvalid }
    let traits = blueprint.traits[place]
    let installed = blueprint.editions[Int(hosts[place].edition)]
    let release = EditionRelease(edition: installed, version: traits.version)
    guard !editions.isEmpty, !editions.contains(release) else { return nil }
    guard
      let other = editions.filter({ $0.version == traits.version }).map(\.edition.rawValue).min(),
      other.hasPrefix("Server") == (traits.kind == .server)
    else { return .productNotFound }
    hosts[place].edition = blueprint.editionPlace(EditionID(rawValue: other))
    return nil
  }

  /// `/ato`: on 6.1 it always calls Activate; the script of Windows 8 and later leaves a licensed
  /// MAK alone.
  private mutating func activate(
    _ place: Int, at now: Timestamp, spent: inout Int?
  ) -> HRESULT? {
    guard let key = blueprint.keyTraits(hosts[place].key) else { return .noProductKey }
    switch key.channel {
    case .kmsClient:
      return askKMSHost(place, at: now)
    case .mak:
      guard let account = key.account else { return .makBlocked }
      let version = blueprint.traits[place].version
      if version >= NTVersion(6, 2), hosts[place].isLicensed { return nil }
      if let refusal = service.activate(account) { return refusal }
      spent = account
      hosts[place].activationsSpent += 1
      license(place, .permanent, until: .never)
      return nil
    case .retail, .oem, .kmsHost, .evaluation, .avma, .subscription:
      return hosts[place].isLicensed ? nil : .makBlocked
    case .none:
      return .noProductKey
    }
  }

  /// `/atp`: a confirmation ID is good for its installation ID only, and spends nothing.
  private mutating func deposit(
    _ confirmation: UInt64, for installation: UInt64, on place: Int
  ) -> HRESULT? {
    guard blueprint.keyTraits(hosts[place].key)?.isMAK == true else {
      return .confirmationOfOtherKey
    }
    guard installation == installationHash(place) else { return .confirmationMismatch }
    let stored = blueprint.profiles[place].confirmation
    let right =
      stored?.installationHash == installation
      ? stored?.confirmationHash
      : Dice.hash(confirmationID(for: installationID(place)).rawValue)
    guard confirmation == right else { return .confirmationMismatch }
    license(place, .permanent, until: .never)
    return nil
  }

  /// Lets a grace period or an activation run out whose time has come.
  mutating func settle(_ place: Int, at now: Timestamp) {
    guard hosts[place].ends <= now else { return }
    note(place)
    if hosts[place].licence == .kms {
      let after = Grace.afterExpiry(blueprint.traits[place].version)
      unlicense(place, after.status, after.reason, for: after.length, at: hosts[place].ends)
    }
    if hosts[place].licence == .none, hosts[place].ends <= now {
      hosts[place].status = .notification
      hosts[place].reason = HRESULT.graceExpired.rawValue
      hosts[place].ends = .never
    }
  }

  mutating func license(
    _ place: Int, _ licence: SimulatedHost.Licence, until end: Timestamp
  ) {
    if isExposed(place) { totals.exposed -= 1 }
    hosts[place].licence = licence
    hosts[place].status = .licensed
    hosts[place].reason = 0
    hosts[place].ends = end
  }

  private mutating func unlicense(
    _ place: Int, _ status: LicenseStatus, _ reason: HRESULT, for length: Milliseconds?,
    at now: Timestamp
  ) {
    let was = isExposed(place)
    hosts[place].licence = .none
    hosts[place].status = status
    hosts[place].reason = reason.rawValue
    hosts[place].ends = length.map { now + $0 } ?? .never
    if !was, isExposed(place) {
      totals.exposed += 1
      totals.peakExposed = max(totals.peakExposed, totals.exposed)
    }
  }

  /// Whether a planned host has lost a licence and has none now.
  package func isExposed(_ place: Int) -> Bool {
    place < blueprint.planned && hosts[place].licence == .none
      && !hosts[place].quirks.contains(.nothingToLose)
  }
}

extension HRESULT {
  /// The licence of the SKU is not installed.
  static let licenseNotInstalled = HRESULT(rawValue: 0xC004_F015)
}
