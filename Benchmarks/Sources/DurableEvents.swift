import Engine
import Execution
import Planning
import SQLiteJournal
import VolumeActivation

/// How many events a second are on disk, each with its host's row: one to a commit, and in groups.
struct DurableEvents {
  private let hosts = 10_000
  private let seconds = 3.0

  func measure(into table: inout Table) async throws {
    let plan = try Plan.measured(hosts: hosts)
    for (group, target) in [(1, ""), (64, "150,000"), (1024, "")] {
      let folder = try TemporaryFolder()
      let (events, elapsed) = try await append(group, plan: plan, in: folder.path)
      let rate = Double(events) / elapsed
      let commit = elapsed / (Double(events) / Double(group)) * 1000
      table.add(
        "journal events made durable, \(group) to a commit",
        "\(rate.text()) a second, \(commit.text(decimals: 2)) ms a commit", target: target)
    }
  }

  /// Appends groups until the time is over.
  private func append(_ group: Int, plan: Plan, in folder: String) async throws -> (Int, Double) {
    var now = plan.header.asOf
    let journal = try SQLiteJournal(
      files: RunFiles(plan: folder + "/plan.jsonl"), plan: plan,
      owner: RunOwner(machine: "bench", process: 1, user: "bench", version: "1", since: now),
      at: now)
    let engine = Engine(plan: plan)
    var run = engine.run
    var events = 0
    let clock = ContinuousClock()
    let start = clock.now
    while (clock.now - start).seconds < seconds {
      var batch: [Event] = []
      var rows: [HostRow] = []
      batch.reserveCapacity(group)
      rows.reserveCapacity(group)
      for _ in 0..<group {
        now = now + Milliseconds(rawValue: 1)
        // Each host's intents and answers in turn, as a run of many hosts in flight has them.
        let host = HostID(rawValue: UInt32(events % hosts))
        let attempt = UInt32(events + 1)
        let step = [Step.skms, .ipk, .ato][events / hosts / 2 % 3]
        let isIntent = events / hosts % 2 == 0
        batch.append(
          Event(
            at: now,
            isIntent
              ? .intended(host, step, attempt: attempt)
              : .answered(host, attempt: attempt, .done)))
        var state = engine.hosts[Int(host.rawValue)]
        state.phase = isIntent ? .underWay(step) : .ready(step)
        state.attempt = attempt
        rows.append(HostRow(id: host, state: state))
        events += 1
      }
      run.now = now
      run.attempts = UInt32(events)
      try await journal.commit(JournalBatch(events: batch, hosts: rows, run: run))
    }
    let elapsed = (clock.now - start).seconds
    await journal.close(.finished)
    return (events, elapsed)
  }
}
