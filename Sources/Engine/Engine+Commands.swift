import Planning
import VolumeActivation

extension Engine {
  /// Obeys a command, or refuses it whole; the answer stands in `reply`.
  mutating func obey(_ command: Command, at now: Timestamp) {
    switch command.verb {
    case .hold:
      raise(
        Hold(
          id: HoldID(rawValue: run.holdsRaised + 1), scope: .run, reason: .operatorAsked))
      reply = .obeyed
    case .resume(let ids):
      let open = ids.filter { id in run.holds.contains { $0.id == id } }
      for id in open { release(id) }
      reply = open.isEmpty ? .refused(.noSuchHold) : .obeyed
    case .approve(let wave):
      guard run.waves.indices.contains(Int(wave.rawValue)) else {
        reply = .refused(.notInPlan)
        return
      }
      run.waves[Int(wave.rawValue)].approved = true
      stirAll()
      reply = .obeyed
    case .skip(let host): skip(host, at: now)
    case .rollback(let list): rollBack(list, at: now)
    case .retry(let list, let grant): retry(list, granting: grant, at: now)
    case .tune(let tuning): tune(tuning)
    }
  }

  private func areKnown(_ list: [HostID]) -> Bool {
    list.allSatisfy { hosts.indices.contains(index($0)) }
  }

  private mutating func tune(_ new: Tuning) {
    run.tuning.concurrency = new.concurrency ?? run.tuning.concurrency
    run.tuning.concurrencyPerSite = new.concurrencyPerSite ?? run.tuning.concurrencyPerSite
    run.tuning.maxExposed = new.maxExposed ?? run.tuning.maxExposed
    run.tuning.failureBudget = new.failureBudget ?? run.tuning.failureBudget
    stirAll()
    reply = .obeyed
  }

  private mutating func skip(_ host: HostID, at now: Timestamp) {
    guard areKnown([host]) else {
      reply = .refused(.notInPlan)
      return
    }
    switch change(index(host), at: now, { $0.skip() }) {
    case .obeyed: reply = .obeyed
    case .noted: reply = .noted(1)
    case .already, .refused:
      reply = .refused(hosts[index(host)].touched == .key ? .changed(host) : .doesNotApply)
    }
  }

  private mutating func retry(_ list: [HostID], granting grant: UInt8, at now: Timestamp) {
    guard areKnown(list) else {
      reply = .refused(.notInPlan)
      return
    }
    let stranded = list.filter { hosts[index($0)].phase == .stranded }
    guard !stranded.isEmpty else {
      reply = .refused(.doesNotApply)
      return
    }
    if let short = shortfall(stranded, each: Int(grant)) {
      reply = .refused(short)
      return
    }
    for host in stranded {
      _ = change(index(host), at: now) { $0.retry(granting: grant) }
    }
    run.finished = false
    reply = .obeyed
  }

  /// The first MAK that has too few activations left; nil when all have enough.
  private func shortfall(_ list: [HostID], each: Int) -> Reply.Refusal? {
    guard each > 0 else { return nil }
    var wanted: [Int: [HostID]] = [:]
    for host in list {
      if let mak = shape.facts[index(host)].mak { wanted[mak, default: []].append(host) }
    }
    for mak in run.purses.indices {
      guard let hosts = wanted[mak], hosts.count * each > free(mak) else { continue }
      return .activationsShort(
        MAKID(rawValue: UInt16(mak)), left: max(0, free(mak)),
        hosts: Array(hosts.dropFirst(max(0, free(mak)) / each)))
    }
    return nil
  }

  private mutating func rollBack(_ list: [HostID], at now: Timestamp) {
    guard areKnown(list) else {
      reply = .refused(.notInPlan)
      return
    }
    // A licensed host takes an activation anew; who is still on the way has one.
    let licensed = list.filter {
      hosts[index($0)].phase == .licensed && hosts[index($0)].touched == .key
        && hosts[index($0)].wish != .back
    }
    if let refusal = shortfall(licensed, each: 1) ?? reverseGuard(licensed) {
      reply = .refused(refusal)
      return
    }
    let sentBack = Set(licensed)
    var obeyed = 0
    var already = 0
    var noted = 0
    for host in list {
      if sentBack.contains(host), !hosts[index(host)].way.contains(.online) { continue }
      let became = change(index(host), at: now) { run in
        let became = run.rollBack()
        if run.phase == .licensed, became == .noted {
          run.granted = max(run.granted, run.spent + 1)
          run.marks.insert(.reserved)
        }
        return became
      }
      switch became {
      case .obeyed: obeyed += 1
      case .noted: noted += 1
      case .already: already += 1
      case .refused: break
      }
    }
    if obeyed + noted > 0 { run.finished = false }
    let isMet = obeyed + already > 0
    reply = noted > 0 ? .noted(noted) : isMet ? .obeyed : .refused(.doesNotApply)
  }

  /// Thirty days later the leaving records are gone: those who stay must be at the threshold.
  private func reverseGuard(_ leaving: [HostID]) -> Reply.Refusal? {
    var going = Array(repeating: 0, count: run.kmsHosts.count)
    for host in leaving { going[shape.facts[index(host)].kmsHost] += 1 }
    let leavers = Set(leaving)
    for kmsHost in run.kmsHosts.indices where going[kmsHost] > 0 {
      var threshold = 0
      var staying = 0
      for position in hosts.indices where shape.facts[position].kmsHost == kmsHost {
        let stays =
          hosts[position].phase == .licensed && hosts[position].wish != .back
          && !leavers.contains(id(position))
        if stays {
          staying += 1
          threshold = max(threshold, thresholds[shape.facts[position].kind])
        }
      }
      let known = max(count(of: kmsHost) ?? 0, staying + going[kmsHost])
      let left = known - going[kmsHost]
      if staying > 0, left < threshold {
        return .countWouldFall(
          KMSHostID(rawValue: UInt16(kmsHost)), count: known, leaving: going[kmsHost],
          threshold: threshold,
          hosts: leaving.filter { shape.facts[index($0)].kmsHost == kmsHost })
      }
    }
    return nil
  }
}
