import Engine
import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct InboxTests {
  private static let approval = Command.Verb.approve(WaveID(rawValue: 1))

  private func plan() throws -> Plan {
    try RunFixture.plan(clients: 30, more: 10, approve: true)
  }

  private func run(_ world: World, _ lines: [ScriptedInbox.Line]) throws -> RunReport {
    try world.run(ports: try world.ports(inbox: ScriptedInbox(lines, clock: world.clock)))
  }

  @Test func `an approval that waited in the inbox is heeded before a held run ends`() throws {
    let world = World(try plan())
    #expect(try run(world, []).ending == .held)
    world.journal.reopen()
    let line = ScriptedInbox.Line(world.clock.now(), Self.approval, id: "approval")
    let report = try run(world, [line])
    #expect(report.ending == .finished)
    #expect(report.hosts.allSatisfy { $0.phase == .licensed })
    #expect(try world.reply(to: "approval") == .obeyed)
  }

  @Test func `a command that comes with a run's last decision is heeded before it ends`() throws {
    let calm = World(try plan())
    _ = try run(calm, [])
    // The very instant at which the run would end as held.
    let line = ScriptedInbox.Line(calm.clock.now(), Self.approval, id: "approval")
    let world = World(try plan())
    #expect(try run(world, [line]).ending == .finished)
  }

  @Test func `a command is obeyed once, however often the inbox is read`() throws {
    let world = World(try plan())
    let line = ScriptedInbox.Line(world.clock.now() + .minutes(1), .hold, id: "hold")
    let first = try run(world, [line])
    #expect(first.ending == .held)
    world.journal.reopen()
    let resume = Command(
      id: CommandID(rawValue: "resume"), verb: .resume(first.run.holds.map(\.id)))
    let ports = try world.ports(inbox: ScriptedInbox([line], clock: world.clock))
    let second = try world.run([resume], ports: ports)
    #expect(second.run.holdsRaised == first.run.holdsRaised)
    #expect(try world.check().isSound)
  }
}
