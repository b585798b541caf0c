import Engine
import Planning
import Testing
import VolumeActivation

@Suite struct MusterTests {
  @Test func `a fleet without faults ends licensed`() {
    var drive = Drive(PlanSketch(servers: 6, clients: 30, rollout: 60, rolloutServers: 4))
    drive.run()
    #expect(drive.engine.run.finished)
    #expect(drive.count(.licensed) == drive.engine.hosts.count, "\(drive.engine.run)")
  }
}
