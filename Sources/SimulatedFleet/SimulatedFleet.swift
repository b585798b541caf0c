package import Planning
package import VolumeActivation

/// A fleet of Windows machines, their KMS hosts and the activation service, as one value.
///
/// Time enters from outside: `advance(to:)` lets happen what the machines do by themselves, and a
/// call is sent at one instant and collected at a later one. The same seed and the same calls give
/// the same answers, whatever order the hosts are taken in. It imitates no KMS protocol: a KMS host
/// is a counter with a rule.
package struct SimulatedFleet: Sendable {
  package let blueprint: FleetBlueprint
  package internal(set) var hosts: [SimulatedHost]
  package internal(set) var kmsHosts: [SimulatedKMSHost]
  package internal(set) var service: ActivationService
  /// KMS settings that stand on hosts; the first is nothing set.
  package internal(set) var settings: [KMSSetting]
  package internal(set) var now: Timestamp
  /// Everything that was done, oldest first.
  package internal(set) var ledger: [Deed] = []
  package internal(set) var totals = FleetTotals()

  package let seed: UInt64
  let dice: Dice
  let terms: FleetTerms
  /// The KMS host each setting leads to, counted from 1; 0 for none of these.
  var targets: [UInt16]
  var agenda = Agenda()
  var operations: [Operation] = []
  var freeOperations: [Int] = []
  /// What was changed since that was last taken; nil when nobody wants to know.
  var changes: FleetChanges?
  /// When the fleet was found as its blueprint has it.
  package let start: Timestamp

  /// Makes the fleet as the blueprint has it, with what the seed says is wrong with it.
  package init(
    _ blueprint: FleetBlueprint, seed: UInt64, faults: FaultProfile = .none,
    tempo: Tempo = .usual, startingAt start: Timestamp? = nil
  ) {
    self.blueprint = blueprint
    terms = FleetTerms(faults: faults, tempo: tempo)
    self.seed = seed
    dice = Dice(seed: seed)
    now = start ?? blueprint.asOf
    self.start = now
    service = ActivationService(accounts: blueprint.accounts)
    settings = blueprint.settings
    targets = blueprint.targets
    hosts = []
    kmsHosts = []
    hosts.reserveCapacity(blueprint.profiles.count)
    ledger.reserveCapacity(4 * blueprint.planned)
    for place in blueprint.profiles.indices { hosts.append(makeHost(place)) }
    for place in blueprint.kmsHosts.indices { kmsHosts.append(makeKMSHost(place)) }
    for place in service.accounts.indices where faults.activationsMissing > 0 {
      let share = Dice.fraction(dice.draw(.activationService, place)) * faults.activationsMissing
      service.accounts[place].left -= Int(Double(service.accounts[place].left) * share)
    }
  }

  /// The fleet that a plan expects to find.
  package init(plan: Plan, seed: UInt64, faults: FaultProfile = .none) {
    self.init(FleetBlueprint(plan: plan), seed: seed, faults: faults)
  }
}

/// How long things take on a fleet.
package struct Tempo: Hashable, Codable, Sendable {
  package var look: ClosedRange<Milliseconds>
  package var setKMS: ClosedRange<Milliseconds>
  package var installKey: ClosedRange<Milliseconds>
  package var activate: ClosedRange<Milliseconds>
  package var deposit: ClosedRange<Milliseconds>
  /// Until a host that cannot be reached is given up.
  package var connect: Milliseconds
  /// Until an answer that does not come is given up.
  package var timeout: Milliseconds
  /// How long after the caller gave up an operation may still be executed.
  package var late: ClosedRange<Milliseconds>
  package var outage: ClosedRange<Milliseconds>
  package var reboot: ClosedRange<Milliseconds>

  /// What Windows machines on a company's network take.
  package static let usual = Tempo(
    look: Milliseconds(rawValue: 300)...Milliseconds(rawValue: 2500),
    setKMS: Milliseconds(rawValue: 300)...Milliseconds(rawValue: 2000),
    installKey: .seconds(4)...(.seconds(25)), activate: .seconds(2)...(.seconds(20)),
    deposit: .seconds(2)...(.seconds(8)), connect: .seconds(20), timeout: .minutes(5),
    late: .seconds(1)...(.minutes(12)), outage: .minutes(2)...(.hours(3)),
    reboot: .minutes(1)...(.minutes(6)))

  /// Nothing takes time but what goes wrong, and that takes seconds.
  package static let instant = Tempo(
    look: .zero...(.zero), setKMS: .zero...(.zero), installKey: .zero...(.zero),
    activate: .zero...(.zero), deposit: .zero...(.zero), connect: .seconds(1),
    timeout: .seconds(3), late: .seconds(1)...(.seconds(3)), outage: .seconds(2)...(.seconds(10)),
    reboot: .seconds(1)...(.seconds(3)))
}

/// What can be told of a whole fleet without counting.
package struct FleetTotals: Hashable, Sendable {
  /// Planned hosts that lost a licence and have none now.
  package var exposed = 0
  package var peakExposed = 0
  /// Changes carried out on hosts that no plan names.
  package var strangersWritten = 0
  /// Operations that a run began and that have not been executed.
  package var running = 0
}

extension SimulatedFleet {
  package var faults: FaultProfile { terms.faults }
  package var tempo: Tempo { terms.tempo }

  /// The slot of a KMS setting, made when it is new.
  mutating func slot(of setting: KMSSetting) -> SettingSlot {
    if let known = settings.firstIndex(of: setting) { return SettingSlot(rawValue: UInt16(known)) }
    settings.append(setting)
    targets.append(blueprint.kmsHost(of: setting))
    return SettingSlot(rawValue: UInt16(settings.count - 1))
  }

  /// What Muster sets on a planned host.
  package func wantedSetting(_ host: Int) -> SettingSlot { blueprint.wantedSlots[host] }

  private mutating func makeHost(_ place: Int) -> SimulatedHost {
    let traits = blueprint.traits[place]
    let key = blueprint.keyTraits(traits.original)
    var host = SimulatedHost(
      key: traits.original, licence: traits.licence, status: .licensed, reason: 0,
      ends: .never, machine: blueprint.profiles[place].machine, edition: traits.edition,
      setting: blueprint.found[place].service,
      productSetting: blueprint.found[place].product,
      activationTypeEnabled: blueprint.profiles[place].activationTypeEnabled, bootedAt: now)
    let bits = dice.draw(.making, place)
    let days = Dice.span(bits, .hours(1)...(.days(20)))
    host.bootedAt = Timestamp(rawValue: now.rawValue - days.rawValue)
    switch traits.licence {
    case .permanent: break
    case .kms:
      let age = Dice.span(Dice.mix(bits), .zero...(.days(6)))
      host.ends = now + Grace.validity
      host.ends.rawValue -= age.rawValue
      host.activationType = 2
      host.lastKMSHost = targets[Int(host.setting.rawValue)]
      host.nextAsk = Timestamp(
        rawValue: now.rawValue + Grace.renewalInterval.rawValue - age.rawValue)
    case .none:
      host.quirks.insert(.nothingToLose)
      let grace = Grace.afterKeyChange(traits.version, traits.kind)
      host.status = grace.status
      host.reason = grace.reason.rawValue
      host.ends = grace.length.map { now + $0 } ?? .never
      if key?.isClientSetupKey == true {
        host.nextAsk = now + Dice.span(bits, .minutes(1)...Grace.activationInterval)
      }
    }
    let isMAK = key?.isMAK == true
    if host.machine == nil, !isMAK || !dice.comesTrue(terms.faults.noMachineID, .making, place, 1) {
      host.machine = newMachineID(place, installs: 0)
    } else if isMAK, dice.comesTrue(terms.faults.noMachineID, .making, place, 1) {
      host.machine = nil
    }
    if place < blueprint.planned { spoil(&host, place) }
    if host.nextAsk != .never { agenda.add(Agenda.Entry(at: host.nextAsk, .ownAsk, place)) }
    return host
  }

  /// Draws what is wrong with a planned host.
  private mutating func spoil(_ host: inout SimulatedHost, _ place: Int) {
    let faults = terms.faults
    func comesTrue(_ chance: Double, _ question: Int) -> Bool {
      dice.comesTrue(chance, .making, place, question)
    }
    if comesTrue(faults.offAtFirst, 2) {
      host.silentUntil = now + Dice.span(dice.draw(.making, place, 3), .minutes(10)...(.hours(8)))
    }
    if comesTrue(faults.gone, 4) { host.silentUntil = .never }
    if comesTrue(faults.wrongVersion, 5) {
      let profile = blueprint.profiles[place]
      let other = profile.kind == .server ? "ServerDatacenter" : "Enterprise"
      let spare = profile.kind == .server ? "ServerStandard" : "Professional"
      let edition = EditionID(rawValue: profile.edition.rawValue == other ? spare : other)
      host.edition = blueprint.editionPlace(edition)
    }
    if comesTrue(faults.lockedOut, 6) { host.quirks.insert(.lockedOut) }
    if comesTrue(faults.unstableInstallationID, 7) { host.quirks.insert(.unstableInstallationID) }
    if comesTrue(faults.blockedPath, 8) { host.quirks.insert(.blockedPath) }
    if comesTrue(faults.wrongClock, 9) {
      host.skew = Dice.span(dice.draw(.making, place, 10), .minutes(-600)...(.minutes(600)))
    }
    if comesTrue(faults.thirdParty, 11) {
      let after = Dice.span(dice.draw(.thirdParty, place), .minutes(1)...(.hours(12)))
      agenda.add(Agenda.Entry(at: start + after, .thirdParty, place))
    }
  }

  private mutating func makeKMSHost(_ place: Int) -> SimulatedKMSHost {
    let profile = blueprint.kmsHosts[place]
    var host = SimulatedKMSHost(
      isKMSHost: profile.isKMSHost, isLicensed: profile.isLicensed, bootedAt: now)
    host.bootedAt.rawValue -= Milliseconds.days(60).rawValue
    var count = profile.count
    if faults.countShort > 0 {
      count -= Int(dice.draw(.kmsHost, place) % UInt64(faults.countShort + 1))
    }
    let week = Grace.renewalInterval.rawValue
    var requests = ownRequests(to: place).prefix(max(0, count))
    let strangers = max(0, count - requests.count)
    let threshold = count > 2 * ProductKind.server.threshold ? 25 : 5
    for number in 0..<strangers {
      let id = ClientMachineID(
        high: Dice.mix(UInt64(place) << 32 | UInt64(number) | 1 << 63), low: 1 << 63)
      let age = week * Int64(strangers - number) / Int64(strangers + 1)
      let asked = Timestamp(rawValue: now.rawValue - age)
      requests.append(EarlierRequest(at: asked, machine: id, threshold: threshold))
      let next = asked + Grace.renewalInterval
      host.foreigners.append(SimulatedKMSHost.Foreigner(machine: id, renewsAt: next))
      agenda.add(Agenda.Entry(at: next, .foreigner, place << 24 | number))
    }
    for request in requests.sorted(by: { $0.at < $1.at }) {
      _ = host.request(request.machine, threshold: request.threshold, at: request.at)
    }
    if faults.restartsPerDay > 0 {
      host.nextRestart = nextRestart(place, 0)
      agenda.add(Agenda.Entry(at: host.nextRestart, .restart, place))
    }
    return host
  }

  /// A request that a KMS host answered before the fleet was found.
  private struct EarlierRequest {
    var at: Timestamp
    var machine: ClientMachineID
    var threshold: Int
  }

  /// The last request of each of the fleet's own KMS clients to a KMS host, the latest first.
  private func ownRequests(to kmsHost: Int) -> [EarlierRequest] {
    hosts.indices.compactMap { place -> EarlierRequest? in
      let host = hosts[place]
      guard host.licence == .kms, let machine = host.machine,
        targets[Int(host.setting.rawValue)] == UInt16(kmsHost + 1)
      else { return nil }
      return EarlierRequest(
        at: Timestamp(rawValue: host.nextAsk.rawValue - Grace.renewalInterval.rawValue),
        machine: machine, threshold: blueprint.profiles[place].kind.threshold)
    }.sorted { $0.at > $1.at }
  }

  /// When a KMS host restarts next: as rarely or often as the faults say, by chance.
  func nextRestart(_ place: Int, _ ordinal: Int) -> Timestamp {
    let chance = 1 - Dice.fraction(dice.draw(.kmsHost, place, 1000 + ordinal))
    let days = -logarithm(chance) / faults.restartsPerDay
    return now + Milliseconds(rawValue: Int64(days * Double(Milliseconds.days(1).rawValue)) + 1)
  }

  /// The CMID that a machine gives itself.
  func newMachineID(_ place: Int, installs: UInt16) -> ClientMachineID {
    let seed = blueprint.traits[place].seed
    return ClientMachineID(
      high: Dice.mix(seed ^ 0xC1) | 1, low: Dice.mix(seed ^ UInt64(installs) << 8 ^ 0xC2))
  }
}

/// The natural logarithm of a number between 0 and 1, to four digits, without a C library.
private func logarithm(_ value: Double) -> Double {
  guard value > 0 else { return -40 }
  var mantissa = value.significand
  let exponent = Double(value.exponent)
  mantissa = (mantissa - 1) / (mantissa + 1)
  let square = mantissa * mantissa
  let series =
    mantissa * (1 + square * (1.0 / 3 + square * (0.2 + square * (1.0 / 7 + square / 9))))
  return 2 * series + exponent * 0.693_147_180_559_945
}
