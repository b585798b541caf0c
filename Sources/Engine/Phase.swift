/// Where one host stands; it alone says what happens to the host next.
///
/// Source: ENGINE.md, section 1.5.
package enum Phase: Hashable, Sendable {
  /// Not begun; a look that shows it as planned makes it ready.
  case planned
  /// The step may be sent once its look is fresh and the gates are open.
  case ready(Step)
  /// An intent is decided and somebody is on it; only an answer, or a crash, ends this.
  case underWay(Step)
  /// Whether the step was executed is not known; a look settles it.
  case unknown(Step)
  /// Refused for the moment, proven not executed; due again at `HostRun.due`.
  case retrying(Step)
  /// It asked, was counted, and waits for the count to reach its threshold.
  case waiting
  /// The way back begins with a quiet look; `HostRun.reason` says why it is taken.
  case check
  // Resting.
  case licensed
  case restored
  /// Given up unchanged.
  case failed
  /// Skipped unchanged, on a person's word.
  case skipped
  /// Somebody else changed the host; it is never written again.
  case drifted
  /// Changed, and neither way worked: a person must see it.
  case stranded
  /// It could not be read for too long; once it answers, the step is unknown, or the way back
  /// begins when there is none.
  case unsettled(Step?)
}

extension Phase {
  package var isResting: Bool {
    switch self {
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check: false
    case .licensed, .restored, .failed, .skipped, .drifted, .stranded, .unsettled: true
    }
  }

  /// The step it is about; nil where it is about none.
  package var step: Step? {
    switch self {
    case .ready(let step), .underWay(let step), .unknown(let step), .retrying(let step): step
    case .unsettled(let step): step
    case .planned, .waiting, .check, .licensed, .restored, .failed, .skipped, .drifted, .stranded:
      nil
    }
  }
}

/// Why a host goes back.
package enum BackReason: UInt8, Hashable, Sendable {
  /// Forward is shut; a host that turns out licensed stays so.
  case rescue
  /// A person asked; a KMS licence is thrown away.
  case ordered
  /// Only the KMS settings were touched; the licence is as it was.
  case undo
}

/// How far a host was changed, decided changes included.
package enum Touched: UInt8, Comparable, Hashable, Sendable {
  case nothing
  case settings
  case key

  package static func < (left: Touched, right: Touched) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What a person said while a step was under way; obeyed when it settles.
package enum Wish: UInt8, Hashable, Sendable {
  case none
  case skip
  case back
}

/// Where restoring the KMS settings leads.
package enum Ending: UInt8, Hashable, Sendable {
  case restored
  case failed
  case skipped

  /// The phase it rests in.
  package var phase: Phase {
    switch self {
    case .restored: .restored
    case .failed: .failed
    case .skipped: .skipped
    }
  }
}
