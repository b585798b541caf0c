package import Engine
package import Planning
package import VolumeActivation

/// An event as journals keep it: a kind, what it is about, and JSON for the rest.
///
/// Kinds and words are chosen by hand and stay as they are; renaming a case in the engine changes
/// nothing on disk. What stands in `code` depends on the kind: a result code, or the number of an
/// epoch, a KMS host, a wave or a hold.
package struct StoredEvent: Hashable, Sendable {
  /// Counts up from 1 over the whole journal.
  package var sequence: Int64
  package var epoch: UInt32
  package var at: Timestamp
  package var kind: Kind
  package var host: HostID?
  package var step: Step?
  package var attempt: UInt32?
  package var code: Int64?
  /// JSON, or nil.
  package var detail: String?

  package init(
    sequence: Int64, epoch: UInt32, at: Timestamp, kind: Kind, host: HostID? = nil,
    step: Step? = nil, attempt: UInt32? = nil, code: Int64? = nil, detail: String? = nil
  ) {
    self.sequence = sequence
    self.epoch = epoch
    self.at = at
    self.kind = kind
    self.host = host
    self.step = step
    self.attempt = attempt
    self.code = code
    self.detail = detail
  }

  /// What events are called on disk.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case started
    case looked
    case unread
    case answered
    case read = "kms-read"
    case notRead = "kms-unread"
    case commanded
    case clockJumped = "clock-jumped"
    case window
    case intended
    case turned
    case resumed
    case unreadable
    case gaveUp = "gave-up"
    case waveOpened = "wave-opened"
    case waveSoaked = "wave-soaked"
    case waveClosed = "wave-closed"
    case held
    case released
    case finished
  }
}

/// Why something in a journal cannot be understood.
package struct StoredEventError: Error, Hashable, Sendable {
  package var sequence: Int64
  package var problem: String

  package init(sequence: Int64, problem: String) {
    self.sequence = sequence
    self.problem = problem
  }
}

extension StoredEventError: CustomStringConvertible {
  package var description: String { "event \(sequence): \(problem)" }
}
