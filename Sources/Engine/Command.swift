package import Planning

/// What a person asks of a running `apply`, from any terminal.
package struct Command: Hashable, Sendable {
  /// Identifies the request, so that a replay or a crash repeats nothing.
  package var id: CommandID
  package var verb: Verb

  package init(id: CommandID, verb: Verb) {
    self.id = id
    self.verb = verb
  }

  package enum Verb: Hashable, Sendable {
    case hold
    /// Releases only these holds: those that the person saw.
    case resume([HoldID])
    case approve(WaveID)
    case skip(HostID)
    case rollback([HostID])
    /// Tries stranded hosts again, with this many more activations granted for each.
    case retry([HostID], grant: UInt8)
    case tune(Tuning)
  }
}

package struct CommandID: RawRepresentable, Hashable, Codable, Sendable {
  /// A UUID's text.
  package var rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// Limits that can be changed while a run goes on; nil leaves one as it is.
package struct Tuning: Hashable, Sendable {
  package var concurrency: Int?
  package var concurrencyPerSite: Int?
  package var maxExposed: Int?
  package var failureBudget: Allowance?

  package init(
    concurrency: Int? = nil, concurrencyPerSite: Int? = nil, maxExposed: Int? = nil,
    failureBudget: Allowance? = nil
  ) {
    self.concurrency = concurrency
    self.concurrencyPerSite = concurrencyPerSite
    self.maxExposed = maxExposed
    self.failureBudget = failureBudget
  }
}
