import Engine
import Execution
import SimulatedFleet
import Testing
import VolumeActivation

/// A wall clock that somebody sets, while hosts wait and deadlines run.
@Suite struct ClockJumpTests {
  private static let resume = Command.Verb.resume([HoldID(rawValue: 1)])

  /// A run that waits looks at its clocks all the same.
  private static let options = {
    var options = RunFixture.options
    options.heartbeat = .seconds(20)
    return options
  }()

  private func world() throws -> World { World(try RunFixture.plan(clients: 30, more: 10)) }

  private func ports(
    of world: World, jump: Milliseconds, at moment: Milliseconds, _ lines: [ScriptedInbox.Line]
  ) throws -> RunPorts {
    var ports = try world.ports(inbox: ScriptedInbox(lines, clock: world.clock))
    ports.clock = JumpingClock(clock: world.clock, jump: jump, moment: moment)
    return ports
  }

  private func expectAllMigrated(_ world: World, _ report: RunReport) throws {
    #expect(report.ending == .finished)
    #expect(report.hosts.allSatisfy { $0.phase == .licensed && $0.spent == 0 })
    #expect(try world.check().isSound)
  }

  @Test(
    arguments: [Milliseconds.days(1), Milliseconds(rawValue: -Milliseconds.days(1).rawValue)],
    [Milliseconds.seconds(1), .seconds(20), .minutes(1), .minutes(5)])
  func `a jump brings no deadline nearer and puts none off`(
    jump: Milliseconds, moment: Milliseconds
  ) throws {
    let calm = try world()
    _ = try calm.run()

    let world = try world()
    let start = world.clock.now()
    let release = ScriptedInbox.Line(start + moment + .minutes(30), Self.resume, id: "release")
    var report = try world.run(
      options: Self.options, ports: try ports(of: world, jump: jump, at: moment, [release]))
    if report.ending == .held {
      // Nobody was exposed, so that it need not stay.
      world.journal.reopen()
      report = try world.run([Command(id: CommandID(rawValue: "resume"), verb: Self.resume)])
    }
    try expectAllMigrated(world, report)
    #expect(world.clock.monotonic() < calm.clock.monotonic() + .hours(1))
    // What is written goes on as if nothing had been.
    #expect(report.run.now - start < calm.clock.monotonic() + .hours(1))
    #expect(try world.contents().run.holdsRaised == 1)
  }

  @Test func `a run whose clock was ahead goes on at once when it is right`() throws {
    let world = try world()
    let hold = ScriptedInbox.Line(world.clock.now() + .seconds(5), .hold, id: "hold")
    var options = Self.options
    options.exitOnHold = true
    let ports = try ports(of: world, jump: .days(1), at: .zero, [hold])
    #expect(try world.run(options: options, ports: ports).ending == .held)

    world.journal.reopen()
    let resume = Command(id: CommandID(rawValue: "resume"), verb: Self.resume)
    let report = try world.run([resume])
    try expectAllMigrated(world, report)
    #expect(world.clock.monotonic() < .hours(12))
  }
}
