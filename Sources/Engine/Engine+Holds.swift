import Planning
import VolumeActivation

// What stops a run, and what goes on again.
extension Engine {
  mutating func raise(_ hold: Hold) {
    switch (hold.reason, hold.scope) {
    case (.guardRefused, .kmsHost(let kmsHost)), (.stalled, .kmsHost(let kmsHost)):
      run.kmsHosts[Int(kmsHost.rawValue)].refusedSince = run.now
    default: break
    }
    run.holds.append(hold)
    run.holdsRaised = max(run.holdsRaised, hold.id.rawValue)
    run.calledFor.removeAll { $0.scope == hold.scope && $0.reason == hold.reason }
    beginLookEra()
    stirAll()
  }

  /// Takes a hold away and begins the counter that raised it anew.
  mutating func release(_ id: HoldID) {
    guard let place = run.holds.firstIndex(where: { $0.id == id }) else { return }
    let hold = run.holds.remove(at: place)
    switch hold.reason {
    case .failureBudget:
      if case .wave(let wave) = hold.scope {
        run.waves[Int(wave.rawValue)].forgiven = failures(in: Int(wave.rawValue))
      }
    case .lockoutBreaker: run.authenticationFailures = 0
    case .activationError: for mak in run.purses.indices { run.purses[mak].condemned = nil }
    case .asksAnotherHost(let host): hosts[index(host)].strays = 0
    case .countDoesNotRise:
      if case .kmsHost(let kmsHost) = hold.scope {
        run.kmsHosts[Int(kmsHost.rawValue)].known = 0
      }
    case .guardRefused, .stalled, .kmsHostSilent:
      if case .kmsHost(let kmsHost) = hold.scope {
        run.kmsHosts[Int(kmsHost.rawValue)].refusedSince = nil
        run.kmsHosts[Int(kmsHost.rawValue)].silences = 0
      }
    case .operatorAsked, .kmsHostFault, .countUnknown, .editionChanged, .addOnLost, .exposureLimit,
      .activationsShort, .clockJumped, .journalUnwritable, .interrupted:
      break
    }
    beginLookEra()
    stirAll()
  }

  /// Hosts of a wave that did not get where the plan wants them, but by a person's word.
  func failures(in wave: Int) -> Int {
    desk.count(.failed, in: wave) + desk.count(.drifted, in: wave)
      + desk.count(.stranded, in: wave) + desk.count(.unsettled, in: wave)
      + desk.count(.rescued, in: wave)
  }
}
