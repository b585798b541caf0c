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
      testDescription: "online", setting: SingleHost.Setting(), states: 576_148,
      transitions: 3_655_354)
    private static let others = [
      Walked(
        testDescription: "a confirmation ID that fits",
        setting: SingleHost.Setting(confirmation: true), states: 466_512, transitions: 2_999_854),
      Walked(
        testDescription: "a confirmation ID that does not fit any more",
        setting: SingleHost.Setting(confirmation: true, confirmationFits: false),
        states: 576_148, transitions: 3_655_354),
      Walked(
        testDescription: "a count that is never reached",
        setting: SingleHost.Setting(countRises: false), states: 224_346, transitions: 1_175_089),
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
