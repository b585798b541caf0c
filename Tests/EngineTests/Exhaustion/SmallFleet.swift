import Engine
import Planning
import VolumeActivation

/// A few machines, the KMS host that they share, and a run over them: one state of a walk.
///
/// Time is no number in it. Whatever a timer waits for lies in the past or in the future, and passes
/// at any moment; so each order of timers that real time could bring is explored, and more. See
/// `SmallFleet+NormalForm` for what else is left out.
struct SmallFleet: Hashable, Sendable {
  var hosts: [HostRun]
  var run: RunState
  var world: SmallWorld
  /// What stays the same on the whole walk.
  var setting: Setting

  /// A fresh run that a process has just taken up.
  init(_ setting: Setting) {
    let engine = setting.engine
    self.setting = setting
    hosts = engine.hosts
    run = engine.run
    world = SmallWorld(setting)
    var scene = SmallScene(self)
    scene.fold(.started(epoch: 1))
    scene.settle()
    self = SmallFleet(scene)
  }

  /// What a scene looks like when everything that decides nothing is left out.
  init(_ scene: SmallScene) {
    setting = scene.setting
    hosts = scene.engine.hosts
    run = scene.engine.run
    world = scene.world
    normalize(at: scene.now)
  }
}

extension SmallFleet {
  /// The plan, its limits, and what can happen.
  final class Setting: Hashable, Sendable {
    let engine: Engine
    let thresholds: Thresholds
    let kinds: [ProductKind]
    let alphabet: Alphabet
    /// Machines that nobody plans for, and that the KMS host knows already.
    let foreign: Int
    let plants: Plants
    /// Activations that the MAK really has.
    let account: Int

    init(
      _ sketch: PlanSketch, thresholds: Thresholds, foreign: Int, alphabet: Alphabet,
      rules: Engine.Rules = .all, plants: Plants = []
    ) {
      var engine = Engine(plan: sketch.plan, thresholds: thresholds)
      engine.rules = rules
      self.engine = engine
      self.thresholds = thresholds
      kinds = engine.plan.hosts.map(\.kind)
      self.alphabet = alphabet
      self.foreign = foreign
      self.plants = plants
      account = sketch.activations - (plants.contains(.purseIsShort) ? 1 : 0)
    }

    static func == (left: Setting, right: Setting) -> Bool { left === right }

    func hash(into hasher: inout Hasher) {}
  }

  /// What can happen beside what has to.
  struct Alphabet: OptionSet, Sendable {
    var rawValue: UInt32

    /// Requests and answers are lost.
    static let lost = Alphabet(rawValue: 1 << 0)
    /// A host goes on with what nobody waits for any more.
    static let late = Alphabet(rawValue: 1 << 1)
    /// Refused for the moment.
    static let again = Alphabet(rawValue: 1 << 2)
    /// Refused for good.
    static let never = Alphabet(rawValue: 1 << 3)
    /// The MAK is blocked.
    static let blocked = Alphabet(rawValue: 1 << 4)
    /// Looks and readings get no answer.
    static let silence = Alphabet(rawValue: 1 << 5)
    static let crash = Alphabet(rawValue: 1 << 6)
    /// The KMS host starts anew, once, and forgets everybody.
    static let restart = Alphabet(rawValue: 1 << 7)
    /// Clients ask without being told to.
    static let selfAsk = Alphabet(rawValue: 1 << 8)
    static let hold = Alphabet(rawValue: 1 << 9)
    static let skip = Alphabet(rawValue: 1 << 10)
    static let rollback = Alphabet(rawValue: 1 << 11)
    static let retry = Alphabet(rawValue: 1 << 12)
    /// A look grows old before it is acted upon.
    static let oldLooks = Alphabet(rawValue: 1 << 13)
    /// Between a host's doing a step and our hearing of it everything else may happen.
    static let slowAnswers = Alphabet(rawValue: 1 << 14)
    /// A reading shows what was the case when it was asked for.
    static let slowReadings = Alphabet(rawValue: 1 << 15)

    /// No deadline passes: whoever waits, waits on.
    static let patience = Alphabet(rawValue: 1 << 16)

    static let commands: Alphabet = [.hold, .skip, .rollback, .retry]
  }

  /// Faults that are put into the driver, to see that they are caught.
  struct Plants: OptionSet, Sendable {
    var rawValue: UInt16

    /// A step is sent before its intent is durable.
    static let sendsFirst = Plants(rawValue: 1 << 0)
    /// A step whose answer did not come is sent once more below the journal.
    static let sendsTwice = Plants(rawValue: 1 << 1)
    /// A MAK activation that got no answer is taken for not executed.
    static let lostIsRefused = Plants(rawValue: 1 << 2)
    /// A changed host is skipped when a person says so.
    static let skipsChanged = Plants(rawValue: 1 << 3)
    /// A person's further activation is granted without asking the purse.
    static let grantsFreely = Plants(rawValue: 1 << 4)
    /// The MAK has one activation fewer than the purse believes.
    static let purseIsShort = Plants(rawValue: 1 << 5)
    /// The way back begins with what was seen when the host was changed.
    static let rescuesBlindly = Plants(rawValue: 1 << 6)
    /// A reading is believed that was made before the KMS host started anew.
    static let readsOnce = Plants(rawValue: 1 << 7)
    /// A crash forgets that a host was to be changed.
    static let forgetsChange = Plants(rawValue: 1 << 8)
    /// A host that vanished is taken for activated.
    static let silenceIsDone = Plants(rawValue: 1 << 9)
  }
}

/// What is really the case, whatever the run believes.
struct SmallWorld: Hashable, Sendable {
  var machines: [Machine]
  var memory = KMSHostMemory<UInt8>()
  /// Whether the KMS host started anew since it was last read.
  var hasRestarted = false
  var restartsLeft: UInt8
  /// Hosts whose look is under way, as bits.
  var looking: UInt8 = 0
  /// The count at the time when the reading under way was asked for; nil is no reading under way.
  var reading: UInt16?

  struct Machine: Hashable, Sendable {
    var key = InstalledKey.original
    var licensed = true
    var points = false
    /// Activations of the MAK that it has used up.
    var burnt: UInt8 = 0
    /// What it may still be doing although nobody waits for it.
    var late: [Step] = []
    var call = Call.none
    /// Whether something happened to it that no look has shown.
    var isChangedUnseen = false
  }

  enum Call: Hashable, Sendable {
    case none
    /// On its way to the host.
    case sent
    /// Done, and the answer is on its way.
    case answering(Outcome)
  }

  init(_ setting: SmallFleet.Setting) {
    machines = setting.engine.hosts.map { _ in Machine() }
    restartsLeft = setting.alphabet.contains(.restart) ? 1 : 0
    for foreign in 0..<setting.foreign {
      _ = memory.request(
        UInt8(100 + foreign), threshold: setting.thresholds.server, at: .beginning)
    }
  }
}

extension Timestamp {
  /// When all requests of a small world are made: there none outlives its time.
  static let beginning = Timestamp(rawValue: 0)
}
