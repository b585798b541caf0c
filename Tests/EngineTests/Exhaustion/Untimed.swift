import Engine
import Planning
import VolumeActivation

/// Time with the numbers taken out: what a timer waits for lies in the future or in the past.
enum Untimed {
  /// When a state is, however long the run has gone on.
  static let instant = Timestamp(rawValue: 1_000_000_000_000)
  /// How long one thing takes to happen.
  static let step = Milliseconds.seconds(2)
  /// Longer than all that happens between two states, and shorter than whatever a run waits for.
  static let span = Milliseconds.days(1)
  static let future = instant + .days(100)
  static let past = instant - .days(10)

  /// Spans that leave nothing to chance: what is timed passes when the world says so.
  static func set(_ policy: inout Policy) {
    policy.freshness = span
    policy.quietTime = span
    policy.operationTimeout = .zero
    policy.waitingDeadline = .hours(2)
    policy.retryPause = .days(30)
    policy.settleLimit = .days(200)
    policy.soak = .zero
  }

  /// A time that something waits for.
  static func timer(_ instant: Timestamp?, at now: Timestamp) -> Timestamp? {
    instant.map { $0 > now ? future : past }
  }
}

extension Timestamp {
  static func - (instant: Timestamp, span: Milliseconds) -> Timestamp {
    Timestamp(rawValue: instant.rawValue - span.rawValue)
  }
}

extension HostRun {
  /// Takes out what decides nothing: times that have passed, and what the phase does not ask for.
  ///
  /// - Parameter era: The run's era of looks; it becomes 1.
  mutating func untime(at now: Timestamp, era: UInt32) {
    let seen = lookEra == era ? lookedAt : nil
    lookEra = seen == nil ? 0 : 1
    lookedAt = seen.map { now - $0 <= Untimed.span ? Untimed.instant : Untimed.past }
    due = Untimed.timer(due, at: now)
    deadline = waitsForDeadline ? Untimed.timer(deadline, at: now) : nil
    if let doubt = doubtSince {
      let isOver = answersSince.map { now >= max(doubt, $0) + Untimed.span } ?? false
      doubtSince = isOver ? Untimed.past : Untimed.instant
      answersSince = answersSince.map { _ in isOver ? Untimed.past : Untimed.instant }
    } else {
      answersSince = nil
    }
    silentSince = silentSince.map { _ in Untimed.instant }
    switch phase {
    case .planned, .ready, .unknown, .check, .unsettled: tries = min(tries, 2)
    case .underWay, .retrying, .waiting, .licensed, .restored, .failed, .skipped, .drifted,
      .stranded:
      break
    }
    if phase.step != .rkms { ending = .restored }
    strays = min(strays, 3)
  }

  /// Whether its deadline can still turn it back.
  private var waitsForDeadline: Bool {
    switch phase {
    case .check, .licensed, .restored, .failed, .skipped, .drifted, .stranded, .unsettled: false
    case .planned, .waiting: true
    case .ready(let step), .underWay(let step), .unknown(let step), .retrying(let step):
      step.isForward
    }
  }

  /// The quiet time of the last operation that got no answer is over.
  mutating func becomeQuiet(at now: Timestamp) {
    doubtSince = now - .days(2)
    answersSince = now - .days(2)
    if due != nil { due = now }
  }

  /// Whether its quiet time has begun and is not over.
  func isBecomingQuiet(at now: Timestamp) -> Bool {
    answersSince.map { $0 + Untimed.span > now } ?? false
  }
}

extension Step {
  /// Whether it must not run while anything else is decided about its host.
  var isRisky: Bool {
    switch self {
    case .ipk, .ipkMAK, .atoMAK: true
    case .skms, .ato, .cid, .rkms: false
    }
  }

  /// A code that refuses this step on one host for good, and proves that it was not carried out.
  var finalRefusal: HRESULT {
    switch self {
    case .atoMAK: 0x8007_232B
    case .skms, .ipk, .ato, .ipkMAK, .cid, .rkms: 0xC004_F069
    }
  }
}
