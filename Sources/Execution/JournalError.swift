/// Why a journal cannot be opened or written, and what to do about it.
package struct JournalError: Error, Hashable, Sendable {
  /// The file as the person named it.
  package var file: String
  package var failure: JournalFailure

  package init(_ failure: JournalFailure, file: String) {
    self.file = file
    self.failure = failure
  }
}

/// What is wrong with a journal.
package enum JournalFailure: Hashable, Sendable {
  /// Another process runs the plan; the text says which.
  case locked(owner: String)
  /// Another process took the run over although the lock should have kept it out.
  case overtaken(owner: String)
  /// It was written for another plan.
  case otherPlan(journal: String, plan: String)
  /// It has the format of a newer version.
  case newerFormat(Int, known: Int)
  /// It was copied, restored or moved from where it was written.
  case moved
  /// Its file, or what stands in it, is broken; the text says what was found.
  case damaged(String)
  /// The file system shares files between machines and cannot keep a journal safe.
  case sharedFileSystem(String)
  case readOnly
  /// It is not the account's own file; the text says what it is, as the end of a sentence.
  case foreign(String)
  case missing
  /// The file system has no room left.
  case full
  /// Whatever else the operating system said.
  case failed(String)
}

extension JournalFailure {
  /// The exit code that a command ends with.
  package var exitCode: Int32 {
    switch self {
    case .locked, .overtaken: 13
    case .otherPlan, .newerFormat, .moved, .damaged: 14
    case .sharedFileSystem, .readOnly, .foreign, .missing, .full, .failed: 1
    }
  }

  /// What is wrong, as a clause without a full stop.
  package var problem: String {
    switch self {
    case .locked(let owner): "another run holds the journal: \(owner)"
    case .overtaken(let owner): "another run took this plan over: \(owner)"
    case .otherPlan(let journal, let plan):
      "the journal is of the plan with digest \(journal.prefix(12))…, "
        + "and the plan has digest \(plan.prefix(12))…"
    case .newerFormat(let format, let known):
      "the journal has format \(format), and this version of Muster knows formats up to \(known)"
    case .moved: "the journal was copied, restored or moved from where it was written"
    case .damaged(let finding): "the journal is damaged: \(finding)"
    case .sharedFileSystem(let kind):
      "the journal lies on \(kind), where files are shared between machines"
    case .readOnly: "the journal cannot be written: the file or its folder is read-only"
    case .foreign(let finding): "it \(finding), so nothing is written to it"
    case .missing: "there is no journal: this plan was never applied"
    case .full: "no room is left on the file system of the journal"
    case .failed(let text): "the journal failed: \(text)"
    }
  }

  /// What to do next, as a sentence in the imperative without a full stop.
  package var remedy: String {
    switch self {
    case .locked: "Wait for that run, or steer it with `muster status`, `hold` and `resume`"
    case .overtaken:
      "Look at `muster status`; what this run had under way is settled by that one"
    case .otherPlan:
      "Apply the plan that the journal was written for, or give this plan a file name of its own"
    case .newerFormat: "Use the version of Muster that wrote it, or a later one"
    case .moved:
      "If no other copy of it is in use, say --adopt: every host that is not at rest is looked "
        + "at before it is changed"
    case .damaged: "Restore the journal from a backup and say --adopt; nothing was changed"
    case .sharedFileSystem: "Put the plan and its journal on a local disk"
    case .readOnly: "Make the folder of the plan writable for this account"
    case .foreign:
      "See who put it there and move it away; keep plans in a folder that nobody else can write to"
    case .missing: "Start it with `muster apply`"
    case .full: "Make room; nothing is sent to any host until the journal can be written"
    case .failed: "Mend the cause, then apply the plan again: it goes on from what is written"
    }
  }
}

extension JournalError: CustomStringConvertible {
  package var description: String { "\(file): \(failure.problem). \(failure.remedy)." }
}
