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
}
