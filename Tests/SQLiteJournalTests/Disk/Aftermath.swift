import Engine
import Execution
import FaultyDisk
import Planning
import SQLiteJournal
import Testing

/// The next process, which finds a run's databases as an accident left them.
struct Aftermath {
  let recording: DiskRecording
  let disk: FaultyDisk

  /// Expects one of these states, a journal that agrees with its own events, and that it goes on.
  func expect(_ allowed: ArraySlice<DiskState>, _ accident: @autoclosure () -> String) async throws
  {
    let found = try DiskState(in: disk.folder)
    #expect(allowed.contains(found), "\(accident())")
    let recorded = recording.script.recorded
    let files = RunFiles(plan: disk.folder + "/plan.jsonl")
    let journal = try DiskProcess.open(files, plan: recorded.plan, adopt: true)
    let contents = try await journal.load()
    let state = try #require(recorded.states[contents.lastSequence], "\(accident())")
    #expect(contents.hosts == state.hosts && contents.run == state.run, "\(accident())")
    if let next = recorded.batch(after: contents.lastSequence) { try await journal.commit(next) }
    // A later version may decide otherwise than the one that wrote the events; it folds them alike.
    let check = try await JournalCheck(of: journal, plan: recorded.plan)
    #expect(check.differing.isEmpty && check.runAgrees, "\(accident())")
    #expect(check.events > contents.lastSequence || check.events == recorded.lastSequence)
    await journal.close(.held)
    let estate = try SQLiteEstate(path: DiskState.estate(in: files))
    try await estate.note(counted: [recorded.plan.hosts[0].name], at: DiskProcess.now)
    let inbox = try SQLiteInbox(files: files, plan: recorded.plan.digest)
    try inbox.send(
      Command(id: CommandID(rawValue: "said afterwards"), verb: .hold), author: "somebody",
      at: DiskProcess.now)
  }
}
