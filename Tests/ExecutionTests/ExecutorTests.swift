import Engine
import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

@Suite struct ExecutorTests {
  @Test func `a muster wave reaches its threshold and everybody is licensed`() throws {
    let world = World(try RunFixture.plan(clients: 30, more: 10))
    let report = try world.run()
    #expect(report.ending == .finished)
    #expect(report.hosts.allSatisfy { $0.phase == .licensed })
    #expect(try world.licensed() == 40)
    #expect(try world.check().isSound)
  }

  @Test func `a count that is on its way while hosts are counted is believed as it was asked`()
    throws
  {
    let world = World(try RunFixture.plan(clients: 30, more: 40))
    var ports = try world.ports()
    ports.client = LateReadings(
      client: SimulatedClient(world.fleet, clock: world.clock), clock: world.clock,
      delay: .seconds(20))
    let report = try world.run(ports: ports)
    #expect(report.ending == .finished)
    #expect(report.hosts.allSatisfy { $0.phase == .licensed })
    #expect(try world.check().isSound)
  }
}
