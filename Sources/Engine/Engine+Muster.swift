import Planning
import VolumeActivation

extension Engine {
  /// Gathers what a muster wave of a KMS host still has to work with.
  ///
  /// - Complexity: O(muster wave), which the thresholds bound and not the fleet.
  func pool(of wave: Int, _ kmsHost: Int) -> Pool {
    let readings = run.kmsHosts[kmsHost].readings
    var pool = Pool(wave: wave, reading: rules.contains(.changedAddsNothing) ? readings : nil)
    for index in shape.waveRange[wave]
    where !run.paths[shape.facts[index].path].isClosed
      || desk.bearings[index].part.contains(.changed)
    {
      pool.add(desk.bearings[index].part, of: shape.facts[index], reading: hosts[index].reading)
    }
    return pool
  }

  /// The pool of the wave that a KMS host is at, gathered once and kept from then on.
  mutating func keptPool(of wave: Int, _ kmsHost: Int) -> Pool {
    if let known = desk.musters[kmsHost].pool, known.wave == wave { return known }
    let new = pool(of: wave, kmsHost)
    desk.musters[kmsHost].pool = new
    return new
  }

  /// Whether the look at a host of a wave that is ready has gone stale.
  func isAnyoneUnseen(in wave: Int, at now: Timestamp) -> Bool {
    shape.waveRange[wave].contains { index in
      let part = desk.bearings[index].part
      guard part.contains(.forward), !part.contains(.changed) else { return false }
      guard case .ready = hosts[index].phase else { return false }
      return !isSeen(index, at: now)
    }
  }

  /// Whether the last look at a host is neither old nor from before a start or a hold.
  func isSeen(_ index: Int, at now: Timestamp) -> Bool {
    guard let seen = hosts[index].lookedAt else { return false }
    return hosts[index].lookEra == run.lookEra && now - seen <= policy.freshness
  }

  /// Whether this KMS host's current wave is an open muster.
  func isMustering(_ kmsHost: Int) -> Bool {
    guard let wave = currentWave(of: kmsHost) else { return false }
    return shape.waves[wave].isMuster && run.waves[wave].stage == .open
  }

  /// The guard's question for one threshold, from what is certain.
  func question(_ kind: ProductKind, _ kmsHost: Int, _ pool: Pool, at now: Timestamp) -> Guard? {
    guard let count = count(of: kmsHost) else { return nil }
    let knowledge = run.kmsHosts[kmsHost]
    var question = Guard(
      threshold: thresholds[kind], count: count,
      ready: kind == .client ? pool.ready : pool.servers.count + pool.newInFlight)
    question.counted = knowledge.counted
    question.failed = knowledge.failed
    question.exposed = desk.exposedByKMSHost[kmsHost]
    question.loose = max(0, count - knowledge.known)
    // As of the reading: the figures follow from the events, whenever they are asked for.
    question.hoursLeft = hoursLeft(of: currentWave(of: kmsHost), at: knowledge.readAt ?? now)
    return question
  }

  /// How long a muster has to reach its threshold: until those who waited first are rescued.
  private func hoursLeft(of wave: Int?, at now: Timestamp) -> Double {
    let opened = wave.flatMap { run.waves[$0].openedAt } ?? now
    let left = opened + policy.waitingDeadline - now
    return Double(max(0, left.rawValue)) / Double(Milliseconds.hours(1).rawValue)
  }

  /// For whom a muster may go on: clients while 25 passes; servers while either does.
  struct Leave: Sendable {
    var clients: GuardFigures?
    var servers: GuardFigures?

    var clientsPass: Bool { clients?.passes ?? false }
    var serversPass: Bool { clientsPass || servers?.passes ?? false }
    /// The figures to show for a refusal.
    var refusal: GuardFigures? { serversPass ? nil : clients ?? servers }
  }

  /// What the guard says of a muster, before it opens or in its middle.
  func leave(_ kmsHost: Int, _ pool: Pool, opening: Bool, at now: Timestamp) -> Leave {
    var leave = Leave()
    func ask(_ kind: ProductKind) -> GuardFigures? {
      question(kind, kmsHost, pool, at: now).map {
        opening
          ? $0.open(confidence: policy.confidence) : $0.goOn(confidence: policy.confidence)
      }
    }
    if !pool.clients.isEmpty || pool.waitingClients > 0 { leave.clients = ask(.client) }
    if !pool.servers.isEmpty || pool.waitingServers > 0 { leave.servers = ask(.server) }
    return leave
  }

  /// What the guard says in the middle of a muster, asked once for each thing that happens there.
  mutating func leave(_ kmsHost: Int, wave: Int, at now: Timestamp) -> Leave {
    if let known = desk.musters[kmsHost].leave { return known }
    let pool = keptPool(of: wave, kmsHost)
    let new = leave(kmsHost, pool, opening: false, at: now)
    desk.musters[kmsHost].leave = new
    return new
  }

  /// Whether the guard lets a muster begin another host.
  mutating func mayMuster(_ fact: HostFacts, at now: Timestamp) -> Bool {
    guard rules.contains(.guarded), !isReached(fact.kmsHost, .client) else { return true }
    let leave = leave(fact.kmsHost, wave: fact.wave, at: now)
    return fact.kind == .client ? leave.clientsPass : leave.serversPass
  }

  /// Whose turn it is in a muster: the next of the least-exposure order, made anew from the count.
  ///
  /// nil when the guard refuses, or when whoever is next was promised not to be exposed and the
  /// confirmed count is not there yet.
  mutating func musterTurn(of kmsHost: Int, wave: Int, at now: Timestamp) -> ProductKind? {
    switch desk.musters[kmsHost].turn {
    case .of(let kind): return kind
    case .nobody: return nil
    case nil: break
    }
    let turn = newMusterTurn(of: kmsHost, wave: wave, at: now)
    desk.musters[kmsHost].turn = turn.map { .of($0) } ?? .nobody
    return turn
  }

  private mutating func newMusterTurn(
    of kmsHost: Int, wave: Int, at now: Timestamp
  ) -> ProductKind? {
    guard let count = count(of: kmsHost) else { return nil }
    let leave = leave(kmsHost, wave: wave, at: now)
    let clientsPass = leave.clientsPass || !rules.contains(.guarded)
    let serversPass = leave.serversPass || !rules.contains(.guarded)
    guard clientsPass || serversPass else { return nil }
    let pool = keptPool(of: wave, kmsHost)
    // Where the order stands: whoever is in flight is taken as counted, so that nobody is sent in
    // its place. Whom the order then promises not to expose waits for the confirmed count.
    let asked = count + pool.inFlight
    let small = !run.kmsHosts[kmsHost].largeMemory
    var input = OrderInput(
      count: asked, memoryIsSmall: small && pool.clientsInFlight == 0, servers: pool.servers,
      clients: clientsPass ? pool.clients : [])
    scale(&input)
    input.waitingServers = asked < thresholds.server ? pool.waitingServers : 0
    input.waitingClients = asked < thresholds.client ? pool.waitingClients : 0
    let next = Order.first(input)
    let kind = next?.kind ?? (pool.servers.isEmpty || !serversPass ? .client : .server)
    if kind == .client, !clientsPass { return nil }
    if kind == .server, !serversPass { return nil }
    guard rules.contains(.barrier) else { return kind }
    let exposes = next?.exposed ?? (asked + 1 < thresholds[kind])
    if !exposes, count < thresholds[kind] - 1 { return nil }
    if small {
      if kind == .client, desk.asking[kmsHost] > 0 { return nil }  // the first client flies alone
      let clientsFollow = clientsPass && !pool.clients.isEmpty
      if kind == .server, clientsFollow, asked >= thresholds.smallMemory { return nil }
    }
    return kind
  }

  /// The order is made for the thresholds of this run.
  func scale(_ input: inout OrderInput) {
    input.serverThreshold = thresholds.server
    input.clientThreshold = thresholds.client
  }

  // MARK: What is kept for musters

  /// Slots that open musters keep beyond those they use already.
  func keptForMusters(but wave: Int?) -> Int {
    var kept = 0
    for kmsHost in shape.kmsHosts {
      guard let current = currentWave(of: kmsHost), current != wave, isMustering(kmsHost),
        !isReached(kmsHost, .client)
      else { continue }
      kept += max(0, shape.waves[current].peakExposed - desk.exposedByKMSHost[kmsHost])
    }
    return kept
  }

  /// Activations of a MAK that other open musters still need.
  func promised(_ mak: Int, but wave: Int?) -> Int {
    var promised = 0
    for kmsHost in shape.kmsHosts {
      guard let current = currentWave(of: kmsHost), current != wave, isMustering(kmsHost),
        !isReached(kmsHost, .client)
      else { continue }
      promised += max(0, needed(of: mak, in: current) - desk.held[mak])
    }
    return promised
  }

  /// How many activations of a MAK a muster may hold at one time.
  func needed(of mak: Int, in wave: Int) -> Int {
    var hosts = 0
    for index in shape.waveRange[wave]
    where shape.facts[index].mak == mak && !self.hosts[index].phase.isResting {
      hosts += 1
    }
    return min(hosts, shape.waves[wave].peakExposed)
  }
}
