import ArgumentParser

/// How a command ends: what a script reads, with one meaning for each number.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  case error = 1
  case somethingToChange = 2
  case guardRefused = 10
  case someHostsFailed = 11
  case held = 12
  case locked = 13
  case doesNotBelong = 14
  case budgetExceeded = 15
  case usage = 64
  case interrupted = 130
}

extension ExitStatus {
  /// What `--help` says of it.
  var meaning: String {
    switch self {
    case .done: "done"
    case .error: "an error that the message explains; this command changed nothing"
    case .somethingToChange: "with --detailed-exitcode: there is something to change"
    case .guardRefused: "the guard refused"
    case .someHostsFailed: "finished, but some hosts failed or are stranded"
    case .held: "held, no host exposed or waiting: it needs a person or a condition"
    case .locked: "another run holds the journal"
    case .doesNotBelong: "plan, journal or configuration do not belong together, or are damaged"
    case .budgetExceeded: "the rollback would exceed the activation budget"
    case .usage: "usage"
    case .interrupted: "interrupted; the same command goes on from there"
    }
  }

  /// What `--help` says of it beside others.
  private func meaning(among others: [ExitStatus]) -> String {
    self == .done && others.contains(.somethingToChange)
      ? "\(meaning); with --detailed-exitcode: nothing to change" : meaning
  }

  /// The table of `--help`: one line for each number.
  static func table(_ statuses: [ExitStatus] = allCases) -> String {
    let lines = statuses.map { status in
      let number = String(status.rawValue)
      return String(repeating: " ", count: 5 - number.utf8.count) + number + "  "
        + status.meaning(among: statuses)
    }
    return "EXIT CODES:\n" + lines.joined(separator: "\n")
  }
}

extension ExitStatus {
  /// Ends the command with this number and no further word.
  var ending: ExitCode { ExitCode(rawValue) }
}
