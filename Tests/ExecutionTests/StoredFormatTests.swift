import Engine
import Execution
import Foundation
import Planning
import Testing
import VolumeActivation

/// What stands in a journal is what it always was: renaming something in the engine changes no word.
@Suite struct StoredFormatTests {
  private static let figures = GuardFigures(
    threshold: 25, count: 7, ready: 20, counted: 3, failed: 1, exposed: 4, loose: 2, hoursLeft: 1,
    probability: 0.5, required: 0.75, passes: false)

  /// One hold for every reason.
  static let reasons: [Hold.Reason] = [
    .operatorAsked, .guardRefused(figures), .failureBudget(failed: 3, allowed: 2),
    .lockoutBreaker(failures: 3), .activationError(0xC004_C008), .kmsHostFault([.notLicensed]),
    .kmsHostSilent, .countUnknown, .countDoesNotRise(count: 4, expected: 6),
    .asksAnotherHost(HostID(rawValue: 5)), .editionChanged(HostID(rawValue: 6)),
    .addOnLost(HostID(rawValue: 7)),
    .exposureLimit(peak: 30, limit: 20),
    .activationsShort(MAKID(rawValue: 1), needed: 9, left: 8), .stalled(figures),
    .clockJumped(.minutes(5)), .journalUnwritable, .interrupted,
  ]

  /// A run in which nothing is as it was at first.
  private static func fullRun() -> RunState {
    let instant = Timestamp(rawValue: 1000)
    var wave = WaveState()
    wave.stage = .soaked
    wave.approved = true
    wave.openedAt = instant
    wave.settledAt = instant
    wave.forgiven = 2
    var host = KMSKnowledge()
    host.reading = KMSReading(
      count: 9, sawClientRequest: true, bootedAt: instant, skewMinutes: -3, faults: [.otherName],
      known: 2)
    host.readAt = instant
    host.readings = 4
    host.silences = 1
    host.silentAt = instant
    host.countedSince = 2
    host.known = 3
    host.largeMemory = true
    host.counted = 5
    host.failed = 1
    host.fell = 2
    host.refusedSince = instant
    host.stirredAt = instant
    var purse = Purse(left: 12)
    purse.proved = true
    purse.condemned = 0xC004_C020
    var path = PathState()
    path.proved = true
    path.failures = 2
    path.refused = true
    var run = RunState(waves: [wave], kmsHosts: [host], purses: [purse], paths: [path])
    run.epoch = 3
    run.attempts = 44
    run.lookEra = 5
    run.holds = [
      Hold(id: HoldID(rawValue: 6), scope: .wave(WaveID(rawValue: 0)), reason: .countUnknown)
    ]
    run.holdsRaised = 7
    run.tuning = Tuning(
      concurrency: 8, concurrencyPerSite: 9, maxExposed: 10, failureBudget: .percent(11))
    run.authenticationFailures = 2
    run.accountProved = true
    run.pace = 13
    run.window = WindowState(open: true, until: instant)
    run.calledFor = [CalledHold(scope: .host(HostID(rawValue: 14)), reason: .kmsHostSilent)]
    run.finished = true
    run.now = Timestamp(rawValue: 2000)
    return run
  }

  @Test func `a run's state has the names that were chosen for it`() throws {
    let text = jsonText(StoredRun(Self.fullRun()))
    #expect(
      text == """
        {"accountProved":true,"at":2000,"attempts":44,"authenticationFailures":2,\
        "calledFor":[{"of":14,"reason":"kms-host-silent","scope":"host"}],"epoch":3,"era":5,\
        "finished":true,"holds":[{"hold":{"of":0,"reason":"count-unknown","scope":"wave"},"id":6}],\
        "holdsRaised":7,"kmsHosts":[{"counted":5,"countedSince":2,"failed":1,"fell":2,"known":3,\
        "largeMemory":true,"read":1000,"reading":{"booted":1000,"clientRequest":true,"count":9,\
        "faults":8,"known":2,"skew":-3},"readings":4,"refused":1000,"silences":1,"silent":1000,\
        "stirred":1000}],"limits":{"concurrency":8,"concurrencyPerSite":9,"failureBudget":"11%",\
        "maxExposed":10},"maks":[{"condemned":"0xC004C020","left":12,"proved":true}],"pace":13,\
        "paths":[{"failures":2,"proved":true,"refused":true}],"waves":[{"approved":true,"forgiven":2,\
        "opened":1000,"settled":1000,"stage":"soaked"}],"window":{"open":true,"until":1000}}
        """)
    let read = try JSONDecoder().decode(StoredRun.self, from: Data(text.utf8))
    #expect(try read.run() == Self.fullRun())
  }

  @Test(arguments: reasons)
  func `every hold is read back as it was`(reason: Hold.Reason) throws {
    let scopes: [Hold.Scope] = [
      .run, .wave(WaveID(rawValue: 1)), .kmsHost(KMSHostID(rawValue: 2)),
      .host(HostID(rawValue: 3)),
    ]
    for scope in scopes {
      let hold = Hold(id: HoldID(rawValue: 4), scope: scope, reason: reason)
      let text = jsonText(StoredHold(hold))
      let read = try JSONDecoder().decode(StoredHold.self, from: Data(text.utf8))
      #expect(try read.hold(id: hold.id) == hold)
    }
  }

  @Test func `the figures of a refusal have the names that were chosen for them`() {
    let hold = Hold(id: HoldID(rawValue: 1), scope: .run, reason: .guardRefused(Self.figures))
    #expect(
      jsonText(StoredHold(hold)) == """
        {"figures":{"count":7,"counted":3,"exposed":4,"failed":1,"hoursLeft":1,"loose":2,\
        "passes":false,"probability":0.5,"ready":20,"required":0.75,"threshold":25},\
        "reason":"guard-refused","scope":"run"}
        """)
  }

  @Test(arguments: [
    (Reply.obeyed, #"{"word":"obeyed"}"#), (.noted(3), #"{"number":3,"word":"noted"}"#),
    (.refused(.noSuchHold), #"{"word":"no-such-hold"}"#),
    (.refused(.notInPlan), #"{"word":"not-in-plan"}"#),
    (.refused(.changed(HostID(rawValue: 7))), #"{"host":7,"word":"changed"}"#),
    (.refused(.doesNotApply), #"{"word":"does-not-apply"}"#),
    (
      .refused(.activationsShort(MAKID(rawValue: 1), left: 2, hosts: [HostID(rawValue: 3)])),
      #"{"hosts":[3],"left":2,"mak":1,"word":"activations-short"}"#
    ),
    (
      .refused(
        .countWouldFall(KMSHostID(rawValue: 0), count: 26, leaving: 3, threshold: 25, hosts: [])),
      #"{"count":26,"hosts":[],"kmsHost":0,"leaving":3,"threshold":25,"word":"count-would-fall"}"#
    ),
  ])
  func `every reply has the words that were chosen for it`(reply: Reply, text: String) throws {
    #expect(jsonText(StoredReply(reply)) == text)
    let read = try JSONDecoder().decode(StoredReply.self, from: Data(text.utf8))
    #expect(try read.reply() == reply)
  }

  @Test func `a word of another version is refused, not guessed at`() throws {
    var hold = StoredHold(Hold(id: HoldID(rawValue: 1), scope: .run, reason: .countUnknown))
    hold.reason = "moon-is-full"
    #expect(throws: StoredWordError(word: "moon-is-full")) {
      try hold.hold(id: HoldID(rawValue: 1))
    }
    var wave = StoredWave(WaveState())
    wave.stage = "ajar"
    #expect(throws: StoredWordError(word: "ajar")) { try wave.state() }
    var reply = StoredReply(.obeyed)
    reply.word = "shrugged"
    #expect(throws: StoredWordError(word: "shrugged")) { try reply.reply() }
  }
}
