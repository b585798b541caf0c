package import Planning
package import VolumeActivation

extension HostRun {
  /// Whether its MAK licence is gone and its KMS licence has not come.
  package var isExposed: Bool {
    guard touched == .key, !marks.contains(.renewing) else { return false }
    switch phase {
    case .licensed, .restored, .drifted, .failed, .skipped: return false
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .stranded, .unsettled:
      return !(phase.step == .rkms && ending == .restored)
    }
  }
}

extension Engine {
  /// How many hosts are exposed now, decided changes included.
  package var exposed: Int { desk.exposed }

  /// How many steps are under way.
  package var underWay: Int { desk.underWay }

  /// How many hosts wait for the count of their KMS host.
  package var waiting: Int { desk.waiting.reduce(0, +) }

  /// What is known of the path that a host takes.
  package func pathState(of host: Int) -> PathState { run.paths[shape.facts[host].path] }

  /// Which of the run's paths a host takes.
  package func pathID(of host: Int) -> Int { shape.facts[host].path }

  /// What the guard says now of a KMS host that musters or is about to: of its clients, else of its
  /// servers; nil when nothing hangs on it.
  package func guardFigures(of kmsHost: KMSHostID, at now: Timestamp) -> GuardFigures? {
    let number = Int(kmsHost.rawValue)
    guard let wave = currentWave(of: number), shape.waves[wave].isMuster else { return nil }
    let isOpen = run.waves[wave].stage == .open
    let leave = leave(number, pool(of: wave, number), opening: !isOpen, at: now)
    return leave.clients ?? leave.servers
  }

  /// Where a wave and its hosts stand, in figures.
  package func progress(of wave: WaveID) -> WaveProgress {
    WaveProgress(run.waves[Int(wave.rawValue)].stage) { desk.count($0, in: Int(wave.rawValue)) }
  }

  /// What is known of a MAK's activations: left in all, held for hosts, spent by this run.
  package func activations(of mak: MAKID) -> (left: Int, held: Int, spent: Int) {
    let number = Int(mak.rawValue)
    return (run.purses[number].left, desk.held[number], desk.spent[number])
  }
}

/// The hosts of one wave, counted by where they stand.
package struct WaveProgress: Hashable, Sendable {
  package var stage: WaveState.Stage
  package var planned: Int
  /// On their way forward: ready, under way, retrying or unknown.
  package var moving: Int
  package var waiting: Int
  package var goingBack: Int
  package var licensed: Int
  package var restored: Int
  package var failed: Int
  package var skipped: Int
  package var drifted: Int
  package var stranded: Int
  package var unsettled: Int

  init(_ stage: WaveState.Stage, _ stand: (Bearing.Stand) -> Int) {
    func count(_ list: Bearing.Stand...) -> Int { list.reduce(0) { $0 + stand($1) } }
    self.stage = stage
    planned = count(.planned)
    moving = count(.ready, .underWay, .unknown)
    waiting = count(.waiting)
    goingBack = count(.back)
    licensed = count(.licensed)
    restored = count(.restored, .rescued)
    failed = count(.failed)
    skipped = count(.skipped)
    drifted = count(.drifted)
    stranded = count(.stranded)
    unsettled = count(.unsettled)
  }
}
