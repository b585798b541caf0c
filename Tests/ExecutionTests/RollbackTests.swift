import Engine
import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct RollbackTests {
  private func migrated(seed: UInt64) throws -> World {
    let world = World(try RunFixture.plan(clients: 30), seed: seed)
    #expect(try world.run().ending == .finished)
    world.journal.reopen()
    return world
  }

  /// Says the rollback of every host, as a process of its own.
  private func rollBack(_ world: World, _ id: String) throws -> RunReport {
    var options = RunFixture.options
    options.onlyBack = true
    let everybody = world.plan.hosts.indices.map { HostID(rawValue: UInt32($0)) }
    defer { world.journal.reopen() }
    return try world.run(
      [Command(id: CommandID(rawValue: id), verb: .rollback(everybody))], options: options)
  }

  @Test(arguments: 0..<36)
  func `the same rollback said again goes on with what is left`(kill: Int) throws {
    let world = try migrated(seed: UInt64(kill))
    world.journal.fail(after: 4 * kill, with: .failed("killed"))
    #expect(throws: JournalError.self) { try rollBack(world, "first") }
    let report = try rollBack(world, "second")
    #expect(report.ending == .finished)
    // What a kill left in doubt is not sent again: a person must see that host.
    #expect(report.hosts.allSatisfy { $0.phase == .restored || $0.phase == .stranded })
    #expect(report.hosts.allSatisfy { $0.spent <= 1 })
    #expect(try world.check().isSound)
  }

  @Test func `a rollback of hosts that are back already changes nothing and is no error`() throws {
    let world = try migrated(seed: 1)
    let first = try rollBack(world, "first")
    #expect(first.replies == [.noted(30)])
    #expect(first.hosts.allSatisfy { $0.phase == .restored })
    let changes = world.journal.allEvents.count { $0.kind == .intended }
    let second = try rollBack(world, "second")
    #expect(second.ending == .finished)
    #expect(second.replies == [.obeyed])
    #expect(second.hosts == first.hosts)
    #expect(world.journal.allEvents.count { $0.kind == .intended } == changes)
  }

  @Test(arguments: [false, true])
  func `a rollback that a hold keeps from going on ends, and the next one goes on`(
    exitOnHold: Bool
  ) throws {
    let world = World(try RunFixture.plan(clients: 30) { $0.soak = .days(30) }, seed: 3)
    // It is killed while its wave soaks, and its KMS host is read now and then.
    world.journal.fail(after: 400, with: .failed("killed"))
    #expect(throws: JournalError.self) { try world.run() }
    world.journal.reopen()
    world.journal.fail(after: 2000, with: .failed("it does not end"))
    var options = RunFixture.options
    options.onlyBack = true
    options.exitOnHold = exitOnHold
    let everybody = world.plan.hosts.indices.map { HostID(rawValue: UInt32($0)) }
    let hold = Command(id: CommandID(rawValue: "hold"), verb: .hold)
    let rollback = Command(id: CommandID(rawValue: "back"), verb: .rollback(everybody))
    let held = try world.run([hold, rollback], options: options)
    world.journal.reopen()
    #expect(held.ending == .held)
    #expect(held.hosts.allSatisfy { $0.phase == .licensed && $0.wish == .back })

    let resume = Command(
      id: CommandID(rawValue: "resume"), verb: .resume(held.run.holds.map(\.id)))
    let again = Command(id: CommandID(rawValue: "again"), verb: .rollback(everybody))
    let report = try world.run([resume, again], options: options)
    #expect(report.ending == .tookBack)
    #expect(report.hosts.allSatisfy { $0.phase == .restored })
  }

  @Test func `a rollback of hosts that only a person can help is refused`() throws {
    let world = World(try RunFixture.plan(clients: 30))
    var engine = Engine(plan: world.plan)
    // Somebody else's key: the host is left alone from then on.
    engine.apply(
      Event(
        at: RunFixture.start,
        .looked(
          HostID(rawValue: 0),
          Look(
            key: .other, licensed: true, pointsAtKMSHost: false, settingsAsBefore: true,
            bootedAt: RunFixture.start))))
    #expect(engine.hosts[0].phase == .drifted)
    engine.apply(
      Event(
        at: RunFixture.start,
        .commanded(
          Command(id: CommandID(rawValue: "back"), verb: .rollback([HostID(rawValue: 0)])))))
    #expect(engine.reply == .refused(.doesNotApply))
  }
}
