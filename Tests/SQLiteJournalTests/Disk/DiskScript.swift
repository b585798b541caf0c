import GRDB

/// What a run, its inbox and its estate write: a transaction at a time, in two processes.
struct DiskScript: Sendable {
  enum Step: Sendable {
    case openEstate
    case claim
    case openJournal
    case openInbox
    /// Another terminal leaves a command, the n-th.
    case send(Int)
    /// The n-th batch.
    case commit(Int)
    /// The estate hears of the n-th activation.
    case spend(Int)
    /// Moves the journal's log into its database.
    case moveLog(Database.CheckpointMode)
    case read
    case closeJournal
    case release
  }

  let recorded: RecordedJournal
  let steps: [Step]

  init(_ recorded: RecordedJournal) {
    self.recorded = recorded
    var steps: [Step] = [.openEstate, .claim, .openJournal, .openInbox, .send(0)]
    for batch in recorded.batches.indices {
      steps.append(.commit(batch))
      switch batch % 8 {
      case 0: steps.append(.spend(batch + 1))
      case 1: steps.append(.moveLog(.passive))
      case 2: steps.append(.send(batch))
      case 4: steps.append(.moveLog(.restart))
      case 5: steps.append(.read)
      case 6: steps.append(.moveLog(.truncate))
      default: break
      }
      if batch == recorded.batches.count / 2 { steps += [.closeJournal, .openJournal] }
    }
    self.steps = steps + [.release, .closeJournal]
  }
}
