import Engine
import Planning
import VolumeActivation

/// What a child of a run brings back.
enum Arrival: Sendable {
  case looked(HostID, Result<HostState, LicensingFailure>, checkpoint: HostState?)
  /// A KMS host's state, and how many were known to be counted there when it was asked.
  case read(KMSHostID, Result<KMSHostState, LicensingFailure>, known: Int)
  case answered(HostID, attempt: UInt32, Outcome)
  /// The commit under way has ended; nil when it is durable.
  case committed(JournalError?)
  /// A pause is over.
  case woke(at: Milliseconds)
  case commands([Command])
  /// What the inbox held when the run was about to end by itself.
  case lastCommands([Command])
  /// The process was asked to end.
  case stop
  /// Whether a disk that was full has room again.
  case room(Bool)
  /// A port failed that a run cannot do without.
  case failed(any Error)
  /// A watcher ended without anything to say.
  case nothing
}
