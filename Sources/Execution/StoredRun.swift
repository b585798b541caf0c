package import Engine
package import VolumeActivation

/// A run's state as journals keep it; the names of its properties are the names on disk.
///
/// Nothing of the engine's is encoded by itself: renaming a property there changes no journal.
package struct StoredRun: Hashable, Codable, Sendable {
  package var epoch: UInt32
  package var attempts: UInt32
  package var era: UInt32
  package var holds: [OpenHold]
  package var holdsRaised: UInt32
  package var waves: [StoredWave]
  package var kmsHosts: [StoredKMSHost]
  package var maks: [StoredMAK]
  package var paths: [StoredPath]
  package var limits: StoredTuning?
  package var authenticationFailures: Int
  package var accountProved: Bool
  package var pace: Int
  package var window: Window?
  package var calledFor: [StoredHold]
  package var finished: Bool
  package var at: Timestamp

  /// A hold that is open, with its number.
  package struct OpenHold: Hashable, Codable, Sendable {
    package var id: UInt32
    package var hold: StoredHold
  }

  package struct Window: Hashable, Codable, Sendable {
    package var open: Bool
    package var until: Timestamp
  }

  /// Writes a run down.
  package init(_ run: RunState) {
    epoch = run.epoch
    attempts = run.attempts
    era = run.lookEra
    holds = run.holds.map { OpenHold(id: $0.id.rawValue, hold: StoredHold($0)) }
    holdsRaised = run.holdsRaised
    waves = run.waves.map(StoredWave.init)
    kmsHosts = run.kmsHosts.map(StoredKMSHost.init)
    maks = run.purses.map(StoredMAK.init)
    paths = run.paths.map(StoredPath.init)
    limits = run.tuning == Tuning() ? nil : StoredTuning(run.tuning)
    authenticationFailures = run.authenticationFailures
    accountProved = run.accountProved
    pace = run.pace
    window = run.window.map { Window(open: $0.open, until: $0.until) }
    calledFor = run.calledFor.map { StoredHold(scope: $0.scope, reason: $0.reason) }
    finished = run.finished
    at = run.now
  }

  /// The run; throws when a word is not known here.
  package func run() throws(StoredWordError) -> RunState {
    var stages: [WaveState] = []
    for wave in waves { stages.append(try wave.state()) }
    var run = RunState(
      waves: stages, kmsHosts: kmsHosts.map(\.knowledge), purses: maks.map(\.purse),
      paths: paths.map(\.state))
    run.epoch = epoch
    run.attempts = attempts
    run.lookEra = era
    for open in holds { run.holds.append(try open.hold.hold(id: HoldID(rawValue: open.id))) }
    run.holdsRaised = holdsRaised
    run.tuning = limits?.tuning ?? Tuning()
    run.authenticationFailures = authenticationFailures
    run.accountProved = accountProved
    run.pace = pace
    run.window = window.map { WindowState(open: $0.open, until: $0.until) }
    for called in calledFor {
      run.calledFor.append(
        CalledHold(scope: try called.storedScope(), reason: try called.storedReason()))
    }
    run.finished = finished
    run.now = at
    return run
  }
}
