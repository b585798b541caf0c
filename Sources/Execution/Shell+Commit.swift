import Engine
import Planning
import VolumeActivation

extension Shell {
  /// Hands everything that waits to one transaction, unless one is under way.
  mutating func commit(in group: inout RunGroup) {
    if let durable = durable {
      self.durable = nil
      send(durable.effects, in: &group)
    }
    guard committing == nil, !pending.isEmpty, freeze?.mayCommit ?? true else { return }
    let batch = nextBatch()
    let journal = ports.journal
    let estate = ports.estate
    let purses = spending(in: batch)
    let (plan, now) = (plan.digest, now)
    group.addTask {
      // The estate hears of a spend first: after a crash it may know of more than the journal has,
      // never of less.
      if let purses, let estate {
        do { try await estate.note(purses, of: plan, at: now) } catch { return .failed(error) }
      }
      do throws(JournalError) {
        try await journal.commit(batch)
        return .committed(nil)
      } catch {
        return .committed(error)
      }
    }
  }

  /// What the MAKs come to with this batch; nil when it spends nothing.
  private func spending(in batch: JournalBatch) -> [EstateClaim.Purse]? {
    let spends = batch.events.contains { event in
      if case .intended(_, .atoMAK, _) = event.what { true } else { false }
    }
    guard spends else { return nil }
    return plan.purses(
      spent: plan.header.maks.indices.map { mak in
        engine.activations(of: MAKID(rawValue: UInt16(mak))).spent
      })
  }

  /// Effects go once their intents are durable; those that may not go any more are held back.
  private mutating func send(_ effects: [Effect], in group: inout RunGroup) {
    if freeze != nil {
      freeze?.unsent += effects
    } else if stopping != .atOnce {
      release(effects, in: &group)
    }
  }

  /// Takes what is pending as the batch that is now being written.
  private mutating func nextBatch() -> JournalBatch {
    let batch = JournalBatch(
      events: pending.events,
      hosts: pending.changedHosts.map { host in
        HostRow(id: host, state: engine.hosts[Int(host.rawValue)])
      },
      checkpoints: pending.checkpoints, run: engine.run, answers: pending.answers)
    notice = RunNotice(events: batch.events, hosts: batch.hosts, run: batch.run)
    committing = pending
    pending = Pending()
    return batch
  }

  /// What the end of a commit means.
  mutating func settleCommit(_ error: JournalError?) throws {
    guard let batch = committing else { return }
    committing = nil
    guard let error else {
      if let notice { ports.observe(notice) }
      notice = nil
      durable = batch
      // The first batch that fits beside the ballast says aloud why everything stands still.
      if freeze != nil, freeze?.hold == nil {
        let hold = raise(.journalUnwritable)
        freeze?.hold = hold
        lookForRoomLater(trying: true)
      }
      return
    }
    guard case .full = error.failure else { throw error }
    pending.putBack(batch)
    if freeze == nil {
      // The journal has given its ballast up: the same batch is tried again at once.
      freeze = Freeze()
    } else {
      lookForRoomLater()
    }
  }

  /// Still no room: what waits is tried again after the next pause, and once now when `trying`.
  mutating func lookForRoomLater(trying: Bool = false) {
    let next = ports.clock.monotonic() + options.roomCheck
    freeze?.nextCheck = next
    freeze?.mayCommit = trying
  }

  /// Looks for room when it is time to.
  mutating func checkRoom(in group: inout RunGroup) {
    guard let check = freeze?.nextCheck, check <= ports.clock.monotonic() else { return }
    freeze?.nextCheck = nil
    let journal = ports.journal
    group.addTask { .room(await journal.hasRoom()) }
  }

  /// There is room again: what was decided and not sent is known not to have been executed.
  mutating func thaw() {
    guard let freeze else { return }
    self.freeze = nil
    if let hold = freeze.hold { fold(.released(hold)) }
    for case .perform(let host, _, let attempt) in freeze.unsent {
      fold(.answered(host, attempt: attempt, .silent(.unreachable)))
    }
  }

  /// Writes the answers that came in last; nothing is sent any more.
  mutating func writeRest() async throws(JournalError) {
    for hold in engine.run.holds where hold.reason == .interrupted { fold(.released(hold.id)) }
    guard !pending.isEmpty else { return }
    let batch = nextBatch()
    try await ports.journal.commit(batch)
    if let notice { ports.observe(notice) }
    committing = nil
  }
}
