package import Planning
package import VolumeActivation

/// One thing that happened to a run, or that it decided; the journal is the list of them.
package struct Event: Hashable, Sendable {
  package var at: Timestamp
  package var what: What

  package init(at: Timestamp, _ what: What) {
    self.at = at
    self.what = what
  }

  package enum What: Hashable, Sendable {
    // What the world said.
    /// A process took the run up; what was under way is unknown, and every look is stale.
    case started(epoch: UInt32)
    case looked(HostID, Look)
    case unread(HostID, Silence)
    case answered(HostID, attempt: UInt32, Outcome)
    case read(KMSHostID, KMSReading)
    case notRead(KMSHostID, Silence)
    indirect case commanded(Command)
    /// The wall clock moved by this much against the monotonic one.
    case clockJumped(Milliseconds)
    /// Whether the maintenance window is open, and until when that holds.
    case window(open: Bool, until: Timestamp)

    // What the engine decided.
    /// The step is to be sent once this is durable; attempts count up from 1 over the whole run.
    case intended(HostID, Step, attempt: UInt32)
    /// A changed host begins its way back.
    case turned(HostID, BackReason)
    /// A waiting or retrying host is taken up again.
    case resumed(HostID)
    /// The host could not be read for too long.
    case unreadable(HostID)
    /// An unchanged host is left as it is: its path failed twice, or its wave went on without it.
    case gaveUp(HostID)
    case waveOpened(WaveID)
    /// The soak is over; the closing looks begin.
    case waveSoaked(WaveID)
    case waveClosed(WaveID)
    indirect case held(Hold)
    case released(HoldID)
    case finished
  }
}

/// Identifies one hold of a run; counts up from 1.
package struct HoldID: RawRepresentable, Hashable, Comparable, Codable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  package static func < (left: HoldID, right: HoldID) -> Bool { left.rawValue < right.rawValue }
}
