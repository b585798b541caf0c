import VolumeActivation

/// What one host adds to the sums of a run, and which queue it stands in.
struct Bearing: Equatable, Sendable {
  var sums: Sums = []
  var stand = Stand.planned
  var queue = Queue.none
  var part: Part = []
  /// Activations of its MAK that are held for it, and that it spent.
  var held: UInt8 = 0
  var spent: UInt8 = 0
  /// When its timer goes off.
  @Packed var timer: Timestamp? = nil

  /// Where a host stands, coarsely: what `status` counts.
  enum Stand: UInt8, CaseIterable, Sendable {
    case planned, ready, underWay, unknown, waiting, back, licensed, restored, failed, skipped,
      drifted, stranded, unsettled
    /// Restored though nobody asked for it.
    case rescued

    static var count: Int { Self.rescued.place + 1 }

    /// Its place among those of one wave.
    var place: Int { Int(rawValue) }

    /// Whether a host there is on its way.
    var isActive: Bool {
      switch self {
      case .ready, .underWay, .unknown, .waiting, .back: true
      case .planned, .licensed, .restored, .failed, .skipped, .drifted, .stranded, .unsettled,
        .rescued:
        false
      }
    }
  }

  enum Queue: UInt8, Sendable {
    case none, look, planned, begin, key, onward, back
  }

  /// The sums in which a host is one; those of a `Desk` bear the same names.
  struct Sums: OptionSet, Sendable {
    var rawValue: UInt16

    static let exposed = Sums(rawValue: 1 << 0)
    static let underWay = Sums(rawValue: 1 << 1)
    static let changing = Sums(rawValue: 1 << 2)
    static let begun = Sums(rawValue: 1 << 3)
    static let lookedAhead = Sums(rawValue: 1 << 4)
    static let onPath = Sums(rawValue: 1 << 5)
    static let asking = Sums(rawValue: 1 << 6)
    static let backOnMAK = Sums(rawValue: 1 << 7)
    static let closing = Sums(rawValue: 1 << 8)
    /// Unsettled and due to be looked at, which may put it on its way again.
    static let awaited = Sums(rawValue: 1 << 9)
    static let waiting = Sums(rawValue: 1 << 10)
    static let active = Sums(rawValue: 1 << 11)
    /// Licensed, and a person sends it back.
    static let sentBack = Sums(rawValue: 1 << 12)
  }

  /// What a host is to its KMS host's muster: as long as it stays the same, so does what the guard
  /// says and whose turn it is.
  struct Part: OptionSet, Sendable {
    var rawValue: UInt8

    static let planned = Part(rawValue: 1 << 0)
    /// On its way to KMS.
    static let forward = Part(rawValue: 1 << 1)
    /// Its key is the client setup key, decided changes included.
    static let changed = Part(rawValue: 1 << 2)
    static let exposed = Part(rawValue: 1 << 3)
    static let asking = Part(rawValue: 1 << 4)
    static let counted = Part(rawValue: 1 << 5)
    static let twin = Part(rawValue: 1 << 6)
    /// At rest, and nothing that could still be counted.
    static let resting = Part(rawValue: 1 << 7)
  }
}

extension Bearing {
  /// - Parameter isStale: Whether its look was found too old to go on with.
  init(_ run: HostRun, facts: HostFacts, isStale: Bool, _ filing: Desk.Filing) {
    stand = Self.stand(run)
    if run.marks.contains(.reserved), run.granted > run.spent { held = run.granted - run.spent }
    spent = run.spent
    (queue, timer) = Self.place(run, isSeen: !isStale && run.lookEra == filing.era, now: filing.now)
    let forward = stand == .ready || stand == .underWay || stand == .unknown
    sums = sums(run, facts, forward: forward)
    part = part(run, forward: forward)
  }

  private func sums(_ run: HostRun, _ facts: HostFacts, forward: Bool) -> Sums {
    var sums: Sums = []
    if run.isExposed { sums.insert(.exposed) }
    if case .underWay(let step) = run.phase {
      sums.insert(.underWay)
      if step == .skms || step == .ipk { sums.insert(.changing) }
    }
    if forward {
      let isBegun = run.touched > .nothing
      if isBegun, !facts.musters { sums.insert(.begun) }
      if isBegun, !run.marks.contains(.counted) { sums.insert(.onPath) }
      if run.touched == .key, !run.marks.contains(.renewing) { sums.insert(.asking) }
      if stand == .ready, !isBegun, !facts.musters, !run.way.contains(.askOnly) {
        sums.insert(.lookedAhead)
      }
    }
    if run.marks.contains(.returning), run.phase != .ready(.ipkMAK) { sums.insert(.backOnMAK) }
    if run.marks.contains(.closing) { sums.insert(.closing) }
    if stand == .unsettled, queue == .look { sums.insert(.awaited) }
    if stand == .waiting { sums.insert(.waiting) }
    if stand.isActive { sums.insert(.active) }
    if stand == .licensed, run.wish == .back { sums.insert(.sentBack) }
    return sums
  }

  private func part(_ run: HostRun, forward: Bool) -> Part {
    var part: Part = []
    if stand == .planned { part.insert(.planned) }
    if forward { part.insert(.forward) }
    if run.touched == .key { part.insert(.changed) }
    if sums.contains(.exposed) { part.insert(.exposed) }
    if sums.contains(.asking) { part.insert(.asking) }
    if run.marks.contains(.counted) { part.insert(.counted) }
    if run.marks.contains(.twin) { part.insert(.twin) }
    if run.phase.isResting, run.phase != .stranded { part.insert(.resting) }
    return part
  }

  private static func stand(_ run: HostRun) -> Stand {
    switch run.phase {
    case .planned: .planned
    case .ready(let step), .retrying(let step): step.isForward ? .ready : .back
    case .underWay(let step): step.isForward ? .underWay : .back
    case .unknown(let step): step.isForward ? .unknown : .back
    case .waiting: .waiting
    case .check: .back
    case .licensed: .licensed
    case .restored: run.reason == .ordered ? .restored : .rescued
    case .failed: .failed
    case .skipped: .skipped
    case .drifted: .drifted
    case .stranded: .stranded
    case .unsettled: .unsettled
    }
  }

  /// The queue that a host stands in, and when its timer goes off.
  private static func place(
    _ run: HostRun, isSeen: Bool, now: Timestamp
  ) -> (Queue, Timestamp?) {
    if let due = run.due, due > now {
      switch run.phase {
      case .waiting: return (.none, run.deadline.map { min($0, due) } ?? due)
      case .planned, .ready, .unknown, .check, .retrying, .unsettled: return (.none, due)
      case .licensed, .restored, .failed, .skipped, .drifted, .stranded:
        return (.none, run.marks.contains(.closing) ? due : nil)
      case .underWay: return (.none, nil)
      }
    }
    switch run.phase {
    case .planned: return (.planned, nil)
    case .ready(.rkms): return (.onward, nil)
    case .ready(let step):
      guard isSeen, run.lookedAt != nil else { return (.look, nil) }
      switch step {
      case .skms: return (run.touched == .nothing ? .begin : .onward, nil)
      case .ipk: return (.key, nil)
      case .ato, .rkms: return (.onward, nil)
      case .ipkMAK, .cid, .atoMAK: return (.back, nil)
      }
    case .unknown, .check: return (.look, nil)
    case .waiting: return (.none, run.deadline)
    case .unsettled: return (run.due == nil ? .none : .look, nil)
    case .licensed, .restored, .failed, .skipped, .drifted, .stranded:
      return (run.marks.contains(.closing) ? .look : .none, nil)
    case .underWay, .retrying: return (.none, nil)
    }
  }
}
