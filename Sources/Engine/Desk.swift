import HeapModule
import Planning
import VolumeActivation

/// What follows from the hosts: sums, queues and timers, kept by difference at each event.
///
/// Nothing in it is durable; a restored run makes it anew and gets the same.
struct Desk: Sendable {
  let shape: PlanShape
  var bearings: [Bearing]

  // Sums.
  var exposed = 0
  var exposedByKMSHost: [Int]
  var exposedByGroup: [Int]
  var underWay = 0
  var underWayBySite: [Int]
  /// Steps under way that begin a change: `skms` and `ipk`.
  var changing = 0
  /// Hosts of rollout waves that are begun, and neither wait nor rest.
  var begun = 0
  /// Hosts that were looked at and stand before their first change, in rollout waves.
  var lookedAhead = 0
  var onPath: [Int]
  /// Changed hosts of a KMS host whose first answer is still to come.
  var asking: [Int]
  var waiting: [Int]
  /// Activations held, and spent, per MAK.
  var held: [Int]
  var spent: [Int]
  /// Hosts that a MAK was sent to, and whose activation by it is not known yet.
  var backOnMAK: [Int]
  var active = 0
  /// Unsettled hosts that are due to be looked at.
  var awaited = 0
  var closing: [Int]
  /// How many hosts of each wave are at each `Bearing.Stand`, wave by wave.
  var stands: [Int]

  // Queues.
  /// Hosts to be looked at now.
  var looks: DenseSet
  var planned: DenseSet
  /// Unchanged hosts before `skms`, by their place among the hosts of their path.
  var begin: DenseSet
  /// Paths that have hosts in `begin`.
  var beginPaths: DenseSet
  /// Hosts before `ipk`, by number.
  var key: DenseSet
  /// Hosts before a free step: `ato`, `rkms`.
  var onward: DenseSet
  /// Hosts before a step back, by rank: heaviest first.
  var back: DenseSet
  /// Licensed hosts that a person sends back, by rank.
  var sentBack: DenseSet
  /// Hosts about which something may be decided now.
  var attention: DenseSet
  /// When everybody in `attention` was last filed; nil when not all were at once, or not since.
  private var attentionFiled: Filing?
  var timers = Heap<Timer>()
  /// Looks under way.
  var looking: DenseSet
  /// Hosts whose look was found too old to go on with, until the next one.
  var stale: DenseSet
  var reading: DenseSet
  /// KMS hosts whose last reading may lack somebody, who was counted while it was on its way.
  var overtaken: DenseSet
  /// The wave that each KMS host is at; nil when all are closed.
  var currentWave: [Int?]
  /// KMS hosts whose wave is to be considered anew.
  var stirred: [Bool]
  /// What was found out about the muster of each KMS host since something last stirred there.
  var musters: [MusterView]
  /// Whether any path has failed twice.
  var hasClosedPaths = false

  /// CMIDs seen in this run, by KMS host: who was first.
  var machines: [[UInt32: Int]]
  /// The CMID that each host showed last; 0 is none.
  var shownMachine: [UInt32]

  /// What a bearing follows from beside its host: the same again gives the same bearing.
  struct Filing: Equatable, Sendable {
    var era: UInt32
    var now: Timestamp
  }

  struct Timer: Comparable, Sendable {
    var at: Timestamp
    var host: Int

    static func < (left: Timer, right: Timer) -> Bool {
      (left.at.rawValue, left.host) < (right.at.rawValue, right.host)
    }
  }
}

extension Desk {
  /// How many hosts of a wave stand there.
  func count(_ stand: Bearing.Stand, in wave: Int) -> Int {
    stands[wave * Bearing.Stand.count + stand.place]
  }

  /// Something may be decided about a host.
  mutating func attend(to host: Int) {
    attention.insert(host)
    attentionFiled = nil
  }

  /// The same of a host that was just filed.
  mutating func attend(to host: Int, filed filing: Filing) {
    if attention.isEmpty {
      attentionFiled = filing
    } else if attentionFiled != filing {
      attentionFiled = nil
    }
    attention.insert(host)
  }

  /// Nothing is to be decided about a host for now.
  mutating func attended(to host: Int, _ run: HostRun, _ filing: Filing) {
    attention.remove(host)
    if attentionFiled != filing { file(host, run, filing) }
  }

  /// Something happened that concerns a KMS host.
  mutating func stir(_ kmsHost: Int) {
    stirred[kmsHost] = true
    musters[kmsHost].leave = nil
    musters[kmsHost].turn = nil
  }
}

/// What the engine found out about a muster; but for its pool it holds until something stirs there.
struct MusterView: Sendable {
  /// Kept by difference; nil until it is asked for.
  var pool: Pool?
  var leave: Engine.Leave?
  var turn: Turn?
  /// Until when no look at a host that is ready goes stale, in this era of looks; later looks hold
  /// longer.
  var looksHoldUntil: Timestamp?

  /// Whose turn it is.
  enum Turn: Sendable {
    case nobody
    case of(ProductKind)
  }
}
