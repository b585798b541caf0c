import Engine
import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// What every implementation of the port `Journal` promises.
@Suite struct JournalConformanceTests {
  /// A run with faults and with things that people say, so that its events are of many kinds.
  private func recorded(batchesOf size: Int = 16) throws -> RecordedRun {
    var run = try TroubledRun(seed: 11)
    try run.run()
    return try RecordedRun(run.world, batchesOf: size)
  }

  @Test(arguments: JournalKind.allCases)
  func `a fresh journal holds the plan's hosts, and nothing that happened`(
    kind: JournalKind
  ) async throws {
    let place = try JournalPlace(kind, plan: try RunFixture.plan(clients: 26))
    defer { place.remove() }
    let contents = try await place.open().load()
    #expect(contents.epoch == 1)
    #expect(contents.hosts == Engine(plan: place.plan).hosts)
    #expect(contents.run == Engine(plan: place.plan).run)
    #expect(contents.answered.isEmpty)
    #expect(contents.lastSequence == 0)
    #expect(try await place.reader().events(after: 0, limit: 10).isEmpty)
  }

  @Test(arguments: JournalKind.allCases)
  func `what is committed is read back, by this process, beside it and after it`(
    kind: JournalKind
  ) async throws {
    let recorded = try recorded()
    let place = try JournalPlace(kind, plan: recorded.plan)
    defer { place.remove() }
    let journal = try place.open()
    for batch in recorded.batches { try await journal.commit(batch) }
    try await expect(recorded, in: journal, epoch: 1)
    try await expect(recorded, in: try place.reader(), epoch: 1)
    await place.close(journal)
    try await expect(recorded, in: try place.open(), epoch: 2)
  }

  private func expect(
    _ recorded: RecordedRun, in journal: any JournalReading, epoch: UInt32
  ) async throws {
    let events = recorded.batches.flatMap(\.events)
    let stored = try await journal.events(after: 0, limit: .max)
    #expect(try stored.map { try $0.event() } == events)
    #expect(stored.map(\.sequence) == (1...Int64(events.count)).map(\.self))
    let page = try await journal.events(after: 10, limit: 5)
    #expect(page.map(\.sequence) == [11, 12, 13, 14, 15])
    let contents = try await journal.load()
    let state = try #require(recorded.states[contents.lastSequence])
    #expect(contents.epoch == epoch)
    #expect(contents.lastSequence == Int64(events.count))
    #expect(contents.hosts == state.hosts)
    #expect(contents.run == state.run)
    #expect(try await JournalCheck(of: journal, plan: recorded.plan).isSound)
  }

  @Test(arguments: JournalKind.allCases)
  func `answers and checkpoints are kept, and the first checkpoint stays`(
    kind: JournalKind
  ) async throws {
    let place = try JournalPlace(kind, plan: try RunFixture.plan(clients: 26))
    defer { place.remove() }
    let world = World(place.plan)
    let host = HostID(rawValue: 3)
    let replies: [Reply] = [
      .obeyed, .noted(7), .refused(.noSuchHold), .refused(.notInPlan), .refused(.changed(host)),
      .refused(.doesNotApply),
      .refused(.activationsShort(MAKID(rawValue: 0), left: 2, hosts: [host])),
      .refused(
        .countWouldFall(
          KMSHostID(rawValue: 0), count: 26, leaving: 3, threshold: 25, hosts: [host])),
    ]
    let journal = try place.open()
    var engine = Engine(plan: place.plan)
    let first = try world.state(of: host)
    var second = first
    second.graceMinutes += 1
    for (state, replies) in [(first, replies.prefix(4)), (second, replies.suffix(4))] {
      let event = Event(
        at: RunFixture.start, .intended(host, .skms, attempt: engine.run.attempts + 1))
      engine.apply(event)
      try await journal.commit(
        JournalBatch(
          events: [event], hosts: [], checkpoints: [Checkpoint(host: host, state: state)],
          run: engine.run,
          answers: replies.map { CommandAnswer(command: Self.command($0), reply: $0) }))
    }
    for reader in [journal as any JournalReading, try place.reader()] {
      #expect(try await reader.checkpoint(of: host) == first)
      #expect(try await reader.checkpoint(of: HostID(rawValue: 4)) == nil)
      for reply in replies {
        #expect(try await reader.reply(to: Self.command(reply)) == reply)
      }
      #expect(try await reader.reply(to: CommandID(rawValue: "never said")) == nil)
      #expect(try await reader.load().answered == Set(replies.map(Self.command)))
    }
  }

  private static func command(_ reply: Reply) -> CommandID { CommandID(rawValue: "\(reply)") }

  @Test(arguments: JournalKind.allCases)
  func `nothing of a batch that failed is there`(kind: JournalKind) async throws {
    let recorded = try recorded()
    let place = try JournalPlace(kind, plan: recorded.plan)
    defer { place.remove() }
    let journal = try place.open()
    try await journal.commit(recorded.batches[0])
    try place.spoil()
    var batch = recorded.batches[1]
    let host = HostID(rawValue: 0)
    batch.checkpoints = [Checkpoint(host: host, state: try World(place.plan).state(of: host))]
    batch.answers = [CommandAnswer(command: CommandID(rawValue: "said"), reply: .obeyed)]
    let failing = batch
    await #expect(throws: JournalError.self) { try await journal.commit(failing) }
    let reader = try place.reader()
    let contents = try await reader.load()
    let state = try #require(recorded.states[16])
    #expect(contents.lastSequence == 16)
    #expect(contents.hosts == state.hosts)
    #expect(contents.run == state.run)
    #expect(contents.answered.isEmpty)
    #expect(try await reader.events(after: 16, limit: 1).isEmpty)
    #expect(try await reader.checkpoint(of: host) == nil)
  }

  @Test(arguments: JournalKind.allCases)
  func `a reader beside the writer sees whole commits only`(kind: JournalKind) async throws {
    let recorded = try recorded(batchesOf: 3)
    let place = try JournalPlace(kind, plan: recorded.plan)
    defer { place.remove() }
    let journal = try place.open()
    let end = Int64(recorded.batches.reduce(0) { $0 + $1.events.count })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for batch in recorded.batches { try await journal.commit(batch) } }
      group.addTask {
        let reader = try place.reader()
        var last: Int64 = -1
        while last < end {
          let contents = try await reader.load()
          let state = try #require(recorded.states[contents.lastSequence], "half a commit")
          #expect(contents.hosts == state.hosts && contents.run == state.run)
          #expect(contents.lastSequence >= last)
          last = contents.lastSequence
          await Task.yield()
        }
      }
      try await group.waitForAll()
    }
  }
}
