package import Planning
package import VolumeActivation

/// One value that holds the whole run: what it is, and what happens next.
///
/// A driver does five things, and nothing else decides anything:
///
///     engine.apply(event)                                     // what the world said
///     while let decision = engine.nextDecision(at: now) { engine.apply(decision) }
///     while let host = engine.nextLook(at: now) { … }         // inspections: not journalled
///     while let kmsHost = engine.nextReading(at: now) { … }   // the same for counts
///     … commit all events, release `event.effect` of each, sleep until `nextWake(after: now)`
///
/// `nextDecision` follows from the folded events and `now` alone; looks and readings that are
/// under way are remembered outside the fold and made again after a crash.
package struct Engine: Sendable {
  package let plan: Plan
  package internal(set) var run: RunState
  package internal(set) var hosts: [HostRun]
  /// What became of the last command folded; the journal keeps it beside the command.
  package internal(set) var reply: Reply?

  /// Begins a run of a plan.
  package init(plan: Plan) {
    self.init(restoring: plan, hosts: [], run: RunState(plan: plan))
  }

  /// Takes a run up from what a journal's rows hold; an empty list of hosts is a fresh run.
  package init(restoring plan: Plan, hosts: [HostRun], run: RunState) {
    self.plan = plan
    self.run = run
    self.hosts =
      hosts.isEmpty ? plan.hosts.map { HostRun(host: $0, policy: plan.header.policy) } : hosts
  }

  /// Folds one event in.
  package mutating func apply(_ event: Event) {
  }

  /// The next thing to decide, as an event to fold and journal; nil when nothing is due.
  package mutating func nextDecision(at now: Timestamp) -> Event? {
    nil
  }

  /// The next host to inspect; its look is under way until `looked` or `unread` is folded.
  package mutating func nextLook(at now: Timestamp) -> HostID? {
    nil
  }

  /// The next KMS host to read; its reading is under way until `read` or `notRead` is folded.
  package mutating func nextReading(at now: Timestamp) -> KMSHostID? {
    nil
  }

  /// When something may fall due without any event; nil when only an event can change anything.
  package func nextWake(after now: Timestamp) -> Timestamp? {
    nil
  }
}
