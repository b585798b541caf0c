import Background
import Foundation
import Testing

/// One host, explored completely: `HostRun` itself, not a model of it.
@Suite struct SingleHostTests {
  struct Walked: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var setting: SingleHost.Setting
    var states: Int
    var transitions: Int

    /// With `MUSTER_EXHAUST` set, all ways back: `make exhaust`.
    static let all =
      ProcessInfo.processInfo.environment["MUSTER_EXHAUST"] == nil ? [online] : [online] + others

    private static let online = Walked(
      testDescription: "online", setting: SingleHost.Setting(), states: 523_200,
      transitions: 3_261_946)
    private static let others = [
      Walked(
        testDescription: "a confirmation ID that fits",
        setting: SingleHost.Setting(confirmation: true), states: 414_168, transitions: 2_608_998),
      Walked(
        testDescription: "a confirmation ID that does not fit any more",
        setting: SingleHost.Setting(confirmation: true, confirmationFits: false),
        states: 523_200, transitions: 3_261_946),
      Walked(
        testDescription: "a count that is never reached",
        setting: SingleHost.Setting(countRises: false), states: 205_116, transitions: 1_055_826),
    ]
  }

  @Test(arguments: Walked.all)
  func `no promise is broken in any state of one host`(walked: Walked) async {
    let walk = await Background.compute { Walk(from: SingleHost(walked.setting)) }
    print("\(walked.testDescription): \(walk)")
    #expect(walk.broken.isEmpty)
    #expect(walk.stuck == nil)
    #expect(walk.states == walked.states)
    #expect(walk.transitions == walked.transitions)
  }
}
