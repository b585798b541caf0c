package import Engine
import Planning

/// A command as journals and inboxes keep it; the names of its properties are the names on disk.
package struct StoredCommand: Hashable, Codable, Sendable {
  package var id: String
  /// `hold`, `resume`, `approve`, `skip`, `rollback`, `retry` or `tune`.
  package var verb: String
  package var holds: [UInt32]?
  package var wave: UInt16?
  package var hosts: [UInt32]?
  package var grant: UInt8?
  package var tuning: StoredTuning?

  /// Writes a command down.
  package init(_ command: Command) {
    id = command.id.rawValue
    switch command.verb {
    case .hold: verb = "hold"
    case .resume(let holds):
      verb = "resume"
      self.holds = holds.map(\.rawValue)
    case .approve(let wave):
      verb = "approve"
      self.wave = wave.rawValue
    case .skip(let host):
      verb = "skip"
      hosts = [host.rawValue]
    case .rollback(let hosts):
      verb = "rollback"
      self.hosts = hosts.map(\.rawValue)
    case .retry(let hosts, let grant):
      verb = "retry"
      self.hosts = hosts.map(\.rawValue)
      self.grant = grant
    case .tune(let tuning):
      verb = "tune"
      self.tuning = StoredTuning(tuning)
    }
  }

  /// The command; throws when something is missing or the verb is not known.
  package var command: Command {
    get throws {
      Command(id: CommandID(rawValue: id), verb: try storedVerb())
    }
  }

  private func storedVerb() throws(StoredWordError) -> Command.Verb {
    let hosts = (hosts ?? []).map(HostID.init(rawValue:))
    switch verb {
    case "hold": return .hold
    case "resume": return .resume((holds ?? []).map(HoldID.init(rawValue:)))
    case "approve":
      guard let wave else { break }
      return .approve(WaveID(rawValue: wave))
    case "skip":
      guard let host = hosts.first else { break }
      return .skip(host)
    case "rollback": return .rollback(hosts)
    case "retry": return .retry(hosts, grant: grant ?? 0)
    case "tune":
      guard let tuning else { break }
      return .tune(tuning.tuning)
    case let other: throw StoredWordError(word: other)
    }
    throw StoredWordError(word: verb)
  }
}

/// A word on disk that this version does not know, or that lacks what belongs to it.
package struct StoredWordError: Error, Hashable, Sendable {
  package var word: String

  package init(word: String) {
    self.word = word
  }
}

extension StoredWordError: CustomStringConvertible {
  package var description: String { "“\(word)” is not known here, or lacks what belongs to it" }
}
