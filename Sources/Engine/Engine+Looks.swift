import HeapModule
package import Planning
package import VolumeActivation

extension Engine {
  /// The next host to inspect; its look is under way until `looked` or `unread` is folded.
  package mutating func nextLook(at now: Timestamp) -> HostID? {
    guard !isFrozen, !run.finished, desk.looking.count < concurrency, calls < callLimit else {
      return nil
    }
    if let index = desk.looks.first() { return take(index) }
    guard !desk.planned.isEmpty else { return nil }
    for kmsHost in shape.kmsHosts {
      guard let wave = currentWave(of: kmsHost), mayLook(wave, kmsHost) else { continue }
      let range = shape.waveRange[wave]
      if let index = desk.planned.first(from: range.lowerBound, below: range.upperBound) {
        return take(index)
      }
    }
    return nil
  }

  /// Whether hosts of a wave that are not begun may be looked at: all of a muster before it opens,
  /// those of a rollout as their turn comes.
  private func mayLook(_ wave: Int, _ kmsHost: Int) -> Bool {
    switch shape.waves[wave].kind {
    case .muster:
      // Its KMS host first: the clocks are compared, and without it the wave does not open.
      guard run.kmsHosts[kmsHost].reading != nil else { return false }
      return run.waves[wave].stage == .open || isDue(wave, kmsHost)
    case .renewal, .rollout:
      guard run.waves[wave].stage == .open, !isWaveHeld(wave, kmsHost) else { return false }
      if policy.window != nil, run.window?.open != true { return false }
      return desk.lookedAhead + desk.looking.count + desk.begun < concurrency
    }
  }

  private mutating func take(_ index: Int) -> HostID {
    desk.beginLook(at: index)
    return id(index)
  }

  /// The next KMS host to read; its reading is under way until `read` or `notRead` is folded.
  package mutating func nextReading(at now: Timestamp) -> KMSHostID? {
    guard !isFrozen, !run.finished, calls < callLimit else { return nil }
    for kmsHost in shape.kmsHosts where !desk.reading.contains(kmsHost) {
      guard let due = readingDue(kmsHost, at: now), due <= now else { continue }
      desk.reading.insert(kmsHost)
      desk.overtaken.remove(kmsHost)
      return KMSHostID(rawValue: UInt16(kmsHost))
    }
    return nil
  }

  /// When a KMS host is to be read again; nil when nobody needs it.
  private func readingDue(_ kmsHost: Int, at now: Timestamp) -> Timestamp? {
    guard var due = wantedReading(kmsHost, at: now) else { return nil }
    if let last = run.kmsHosts[kmsHost].readAt { due = max(due, last + Self.readingPause) }
    if let silent = run.kmsHosts[kmsHost].silentAt {
      let isSilent = run.kmsHosts[kmsHost].silences >= 3
      due = max(due, silent + (isSilent ? .minutes(2) : policy.retryPause))
    }
    return due
  }

  private static let readingPause = Milliseconds.seconds(1)

  private func wantedReading(_ kmsHost: Int, at now: Timestamp) -> Timestamp? {
    let wave = currentWave(of: kmsHost)
    guard wave != nil || desk.waiting[kmsHost] > 0 else { return nil }
    guard let read = run.kmsHosts[kmsHost].readAt else { return now }
    let stirred =
      run.kmsHosts[kmsHost].stirredAt.map { $0 > read } ?? false || desk.overtaken.contains(kmsHost)
    if desk.waiting[kmsHost] > 0 {
      if stirred, isReached(kmsHost, .server), desk.asking[kmsHost] == 0 { return now }
      if stirred, isReached(kmsHost, .client) { return now }
    }
    guard let wave else { return read + .minutes(2) }
    switch run.waves[wave].stage {
    case .pending:
      guard !shape.waves[wave].isRenewal, isDue(wave, kmsHost) else { return nil }
      if stirred { return now }
      let held = isWaveHeld(wave, kmsHost)
      return held ? read + .minutes(2) : read + half(policy.freshness)
    case .open:
      if shape.waves[wave].isMuster, !isReached(kmsHost, .client) {
        return stirred && desk.asking[kmsHost] == 0 ? now : read + .minutes(2)
      }
      return desk.waiting[kmsHost] > 0 ? read + .minutes(2) : read + half(policy.freshness)
    case .soaked, .closed: return nil
    }
  }

  private func half(_ span: Milliseconds) -> Milliseconds {
    Milliseconds(rawValue: span.rawValue / 2)
  }

  /// When something may fall due without any event; nil when only an event can change anything.
  package func nextWake(after now: Timestamp) -> Timestamp? {
    if run.finished { return nil }
    var wake = desk.timers.min?.at
    func consider(_ instant: Timestamp?) {
      guard let instant, instant > now else { return }
      wake = wake.map { min($0, instant) } ?? instant
    }
    for kmsHost in shape.kmsHosts {
      if !desk.reading.contains(kmsHost), !isFrozen { consider(readingDue(kmsHost, at: now)) }
      if let wave = currentWave(of: kmsHost), run.waves[wave].stage == .open,
        let settled = run.waves[wave].settledAt
      {
        consider(settled + policy.soak)
      }
    }
    if policy.window != nil { consider(run.window?.until) }
    return wake
  }
}
