package import Engine
package import Planning

/// Plays a journal's events through the engine and compares what comes of them with its rows.
package struct JournalCheck: Sendable {
  /// Events played.
  package private(set) var events = 0
  /// Hosts whose row is not what the events make of it, in the plan's order.
  package private(set) var differing: [HostID] = []
  /// Whether the run's state is what the events make of it.
  package private(set) var runAgrees = true
  /// The first decision that the engine does not make from the events before it; nil when it makes
  /// every one.
  package private(set) var strayDecision: Int64?
  /// The run as the events have it.
  package private(set) var engine: Engine

  package var isSound: Bool { differing.isEmpty && runAgrees && strayDecision == nil }

  /// Reads the whole journal, a few thousand events at a time.
  package init(of journal: any JournalReading, plan: Plan) async throws {
    engine = Engine(plan: plan)
    var last: Int64 = 0
    while true {
      let page = try await journal.events(after: last, limit: 4096)
      guard let end = page.last else { break }
      for stored in page { try play(stored) }
      last = end.sequence
    }
    let contents = try await journal.load()
    for index in engine.hosts.indices where engine.hosts[index] != contents.hosts[index] {
      differing.append(HostID(rawValue: UInt32(index)))
    }
    runAgrees = engine.run == contents.run
  }

  private mutating func play(_ stored: StoredEvent) throws(StoredEventError) {
    let event = try stored.event()
    if event.what.isDecision {
      if strayDecision == nil, engine.nextDecision(at: event.at) != event {
        strayDecision = stored.sequence
      }
    }
    engine.apply(event)
    events += 1
  }
}

extension Event.What {
  /// Whether the engine itself decided it; everything else came from outside.
  package var isDecision: Bool {
    switch self {
    case .started, .looked, .unread, .answered, .read, .notRead, .commanded, .clockJumped, .window:
      false
    case .held(let hold): !hold.reason.isOfOneProcess
    // Whose hold it was stands no longer there: a shell releases its own.
    case .released: false
    case .intended, .turned, .resumed, .unreadable, .gaveUp, .waveOpened, .waveSoaked, .waveClosed,
      .finished:
      true
    }
  }
}
