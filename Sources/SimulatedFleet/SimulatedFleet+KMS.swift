package import VolumeActivation

// What a machine and its KMS host do, and what happens by itself.
extension SimulatedFleet {
  /// Lets happen everything that is due by `instant`, in order.
  package mutating func advance(to instant: Timestamp) {
    while let entry = agenda.take(by: instant) {
      now = max(now, entry.at)
      switch entry.kind {
      case .operation: execute(entry.index, due: entry.at)
      case .ownAsk: askByItself(entry.index, at: entry.at)
      case .thirdParty: changeByThirdParty(entry.index, at: now)
      case .restart: restart(entry.index, due: entry.at)
      case .foreigner: renewForeigner(entry.index >> 24, entry.index & 0xFF_FFFF, due: entry.at)
      case .answer, .look, .reading, .person, nil: break
      }
    }
    now = max(now, instant)
  }

  /// When something happens by itself next; nil when nothing does.
  package var nextEvent: Timestamp? { agenda.next }

  /// Plans the next own request of a machine.
  mutating func ask(_ place: Int, nextAt at: Timestamp) {
    hosts[place].nextAsk = at
    agenda.add(Agenda.Entry(at: at, .ownAsk, place))
  }

  private mutating func askByItself(_ place: Int, at due: Timestamp) {
    guard hosts[place].nextAsk == due else { return }
    note(place)
    guard blueprint.keyTraits(hosts[place].key)?.isClientSetupKey == true else {
      hosts[place].nextAsk = .never
      return
    }
    if hosts[place].silentUntil > now {
      if hosts[place].silentUntil == .never {
        hosts[place].nextAsk = .never
      } else {
        ask(place, nextAt: hosts[place].silentUntil + Milliseconds.minutes(1))
      }
      return
    }
    _ = carryOut(.activate, on: place, by: .itself, at: now)
    // A refusal that asks nobody plans no further request, so plan it here.
    if hosts[place].nextAsk == due {
      ask(place, nextAt: now + Grace.activationInterval)
    }
  }

  /// A request to whichever KMS host the machine is set to.
  ///
  /// - Returns: The code it is refused with; nil when it was activated or renewed.
  mutating func askKMSHost(_ place: Int, at now: Timestamp) -> HRESULT? {
    hosts[place].asks += 1
    ask(place, nextAt: now + Grace.activationInterval)
    let traits = blueprint.traits[place]
    switch hosts[place].activationTypeEnabled {
    case 1: return .noActivationObject
    case 3: return .tokenLicenseNotFound
    default: break
    }
    if traits.lacksVolumeMarker, traits.kind == .client { return .noVolumeMarker }
    guard let target = kmsHost(askedBy: place), !hosts[place].quirks.contains(.blockedPath),
      kmsHosts[target].silentUntil <= now, kmsHosts[target].isKMSHost
    else { return .noKMSHost }
    let skew = hosts[place].skew.rawValue - kmsHosts[target].skew.rawValue
    guard abs(skew) < Grace.clockTolerance.rawValue else { return .noKMSHost }
    guard kmsHosts[target].isLicensed else { return .kmsHostNotActivated }
    guard target >= 64 || traits.notCovered & 1 << UInt64(target) == 0 else { return .notCovered }
    let machine: ClientMachineID
    if let known = hosts[place].machine {
      machine = known
    } else {
      machine = newMachineID(place, installs: hosts[place].installs)
      hosts[place].machine = machine
    }
    noteKMSHost(target)
    let threshold = traits.kind.threshold
    let count = kmsHosts[target].request(machine, threshold: threshold, at: now)
    hosts[place].lastKMSHost = UInt16(target + 1)
    guard count >= threshold else { return .countTooLow }
    license(place, .kms, until: now + Grace.validity)
    hosts[place].activationType = 2
    ask(place, nextAt: now + Grace.renewalInterval)
    return nil
  }

  /// Where a machine asks: what is set for the product, then for the service, then the last good
  /// host, then DNS; nil when that leads nowhere.
  package func kmsHost(askedBy place: Int) -> Int? {
    let host = hosts[place]
    if host.productSetting != .discovered {
      return target(of: host.productSetting)
    }
    if host.setting != .discovered { return target(of: host.setting) }
    if host.lastKMSHost > 0 { return Int(host.lastKMSHost) - 1 }
    return blueprint.traits[place].discovers
  }

  private func target(of slot: SettingSlot) -> Int? {
    let target = targets[Int(slot.rawValue)]
    return target == 0 ? nil : Int(target) - 1
  }

  private mutating func changeByThirdParty(_ place: Int, at now: Timestamp) {
    guard !hosts[place].quirks.contains(.foreignHand), let partial = KeyRing.retail,
      let slot = blueprint.slot(of: partial)
    else { return }
    hosts[place].quirks.insert(.foreignHand)
    _ = carryOut(.installKey(slot), on: place, by: .thirdParty, at: now)
    license(place, .permanent, until: .never)
  }

  private mutating func restart(_ place: Int, due: Timestamp) {
    guard kmsHosts[place].nextRestart == due else { return }
    noteKMSHost(place)
    let pause = Dice.span(dice.draw(.kmsHost, place, 2000), .minutes(1)...(.minutes(5)))
    kmsHosts[place].restart(at: now, silentFor: pause)
    if terms.faults.restartsPerDay > 0 {
      let next = nextRestart(place, Int(kmsHosts[place].restarts))
      kmsHosts[place].nextRestart = next
      agenda.add(Agenda.Entry(at: next, .restart, place))
    }
  }

  private mutating func renewForeigner(_ place: Int, _ number: Int, due: Timestamp) {
    guard kmsHosts[place].foreigners[number].renewsAt == due else { return }
    noteKMSHost(place)
    let next: Timestamp
    if kmsHosts[place].silentUntil > now {
      next = now + Grace.activationInterval
    } else {
      let threshold = kmsHosts[place].foreigners.count > 10 ? 25 : 5
      _ = kmsHosts[place].request(
        kmsHosts[place].foreigners[number].machine, threshold: threshold, at: now)
      next = now + Grace.renewalInterval
    }
    kmsHosts[place].foreigners[number].renewsAt = next
    agenda.add(Agenda.Entry(at: next, .foreigner, place << 24 | number))
  }
}
