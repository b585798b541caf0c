package import Engine
package import Planning
package import VolumeActivation

/// What a journal tells: to the process that holds it, and to those that read beside it.
package protocol JournalReading: Sendable {
  /// What a process needs to take the run up, or to show it.
  func load() async throws(JournalError) -> JournalContents

  /// What a host was before it was first changed; nil when it never was.
  func checkpoint(of host: HostID) async throws(JournalError) -> HostState?

  /// Events after `sequence`, oldest first, at most `limit` of them.
  func events(after sequence: Int64, limit: Int) async throws(JournalError) -> [StoredEvent]

  /// What became of a command; nil while nobody has answered it.
  func reply(to command: CommandID) async throws(JournalError) -> Reply?
}

/// Where a run is written down; what is committed survives the process, the machine and the power.
///
/// A journal belongs to one plan and to one process at a time. Whoever holds it appends; status and
/// reports read beside it.
package protocol Journal: JournalReading {
  /// Writes a batch in one transaction; it is durable when this returns.
  ///
  /// Nothing of a batch is written when it throws. After `full`, the same batch may be committed
  /// again; after any other failure the process ends, and reads the journal anew.
  func commit(_ batch: JournalBatch) async throws(JournalError)

  /// Whether there is room again, and a reserve for the next time.
  ///
  /// It is asked now and then after a commit threw `full`.
  func hasRoom() async -> Bool

  /// Notes how the process left the run and lets go of it; nothing is committed afterwards.
  func close(_ ending: JournalEnding) async
}

/// How a process left a run.
package enum JournalEnding: String, Hashable, Sendable {
  case finished
  case held
  case interrupted
  case failed
}

/// What is made durable together.
package struct JournalBatch: Sendable {
  /// In the order in which they were folded.
  package var events: [Event]
  /// The hosts that these events changed, as they are after the last of them.
  package var hosts: [HostRow]
  /// What hosts were, for those that are about to be changed for the first time.
  package var checkpoints: [Checkpoint]
  /// The run after the last event.
  package var run: RunState
  /// What became of the commands among the events.
  package var answers: [CommandAnswer]

  package init(
    events: [Event], hosts: [HostRow], checkpoints: [Checkpoint] = [], run: RunState,
    answers: [CommandAnswer] = []
  ) {
    self.events = events
    self.hosts = hosts
    self.checkpoints = checkpoints
    self.run = run
    self.answers = answers
  }
}

/// The durable state of one host, as one row.
package struct HostRow: Hashable, Sendable {
  package var id: HostID
  package var state: HostRun

  package init(id: HostID, state: HostRun) {
    self.id = id
    self.state = state
  }
}

/// All that rollback needs to know of a host.
package struct Checkpoint: Hashable, Sendable {
  package var host: HostID
  package var state: HostState

  package init(host: HostID, state: HostState) {
    self.host = host
    self.state = state
  }
}

/// What became of one command.
package struct CommandAnswer: Hashable, Sendable {
  package var command: CommandID
  package var reply: Reply

  package init(command: CommandID, reply: Reply) {
    self.command = command
    self.reply = reply
  }
}

/// What a journal holds of a run, without its events.
package struct JournalContents: Sendable {
  /// The incarnation that the journal gave to this process; 1 is the first.
  package var epoch: UInt32
  /// Every host of the plan in its order.
  package var hosts: [HostRun]
  package var run: RunState
  /// Commands that were answered, so that an inbox that still holds them repeats nothing.
  package var answered: Set<CommandID>
  /// The number of the last event; 0 when there is none.
  package var lastSequence: Int64

  package init(
    epoch: UInt32, hosts: [HostRun], run: RunState, answered: Set<CommandID>, lastSequence: Int64
  ) {
    self.epoch = epoch
    self.hosts = hosts
    self.run = run
    self.answered = answered
    self.lastSequence = lastSequence
  }
}
