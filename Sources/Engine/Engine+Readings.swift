import Planning
import VolumeActivation

// What KMS hosts said.
extension Engine {
  mutating func fold(_ reading: KMSReading, of kmsHost: Int, at now: Timestamp) {
    desk.reading.remove(kmsHost)
    desk.stir(kmsHost)
    desk.forgetPool(of: kmsHost)
    proveAccount()
    let before = run.kmsHosts[kmsHost]
    var new = before
    new.silences = 0
    new.silentAt = nil
    new.reading = reading
    new.readAt = now
    new.readings += 1
    new.countedSince = 0
    let restarted = hasRestarted(before, reading)
    if restarted {
      new.fell = new.readings
      new.known = 0
      new.largeMemory = false
      overtakeRequests(to: kmsHost)
    }
    if let count = reading.count, Int(count) > thresholds.smallMemory { new.largeMemory = true }
    if reading.sawClientRequest == true { new.largeMemory = true }
    run.kmsHosts[kmsHost] = new
    let id = KMSHostID(rawValue: UInt16(kmsHost))
    if let count = reading.count, !restarted {
      let expected = min(
        reading.known ?? new.known, new.known, new.capacity(under: thresholds))
      if Int(count) < expected {
        call(.kmsHost(id), .countDoesNotRise(count: Int(count), expected: expected))
      }
    }
    wake(kmsHost)
  }

  /// Requests that are under way when a KMS host is seen to have forgotten everybody may have come
  /// before it did.
  private mutating func overtakeRequests(to kmsHost: Int) {
    for index in hosts.indices where shape.facts[index].kmsHost == kmsHost {
      if hosts[index].phase == .underWay(.ato) { hosts[index].marks.insert(.overtaken) }
    }
  }

  /// Whether a fall of the count is greater than ageing explains, or the machine started anew.
  private func hasRestarted(_ before: KMSKnowledge, _ reading: KMSReading) -> Bool {
    guard let last = before.reading else { return false }
    if reading.bootedAt - last.bootedAt > .minutes(1) { return true }
    guard let count = reading.count, let lastCount = last.count else { return false }
    // Records of this run are young: none of them ages out while it lasts.
    let known = min(reading.known ?? before.known, before.known)
    return Int(count) < Int(lastCount) && Int(count) < known
  }

  /// Wakes the hosts of a KMS host when its certain count has just come to a threshold.
  mutating func wake(_ kmsHost: Int, since before: KMSKnowledge) {
    let old = before.count(under: thresholds) ?? 0
    let new = count(of: kmsHost) ?? 0
    let crossed = [thresholds.server, thresholds.client].contains { old < $0 && new >= $0 }
    if crossed { wake(kmsHost) }
  }

  /// Looks again at hosts that may be asked anew: those that wait, once the count suffices; and
  /// while a KMS host that forgot everybody has not got its count back, all who asked it before.
  mutating func wake(_ kmsHost: Int) {
    let count = count(of: kmsHost) ?? 0
    let forgot = run.kmsHosts[kmsHost].fell > 0 && count < thresholds.client
    let suffices = count >= thresholds.server && desk.waiting[kmsHost] > 0
    guard forgot || suffices else { return }
    for wave in shape.chains[kmsHost] where run.waves[wave].stage != .pending {
      for index in shape.waveRange[wave] {
        switch hosts[index].phase {
        case .waiting: desk.attend(to: index)
        case .licensed: if forgot { desk.attend(to: index) }
        case .planned, .ready, .underWay, .unknown, .retrying, .check, .restored, .failed,
          .skipped, .drifted, .stranded, .unsettled:
          break
        }
      }
    }
  }
}
