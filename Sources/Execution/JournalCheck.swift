package import Engine
package import Planning

/// Plays a journal's events through the engine and compares what comes of them with its rows.
package struct JournalCheck: Sendable {
  /// Events played; the number of the last one.
  package private(set) var events: Int64 = 0
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

  /// Reads the whole journal, a few thousand events at a time; its run may go on meanwhile.
  ///
  /// Throws `StoredEventError` when an event is missing or cannot be understood.
  package init(of journal: any JournalReading, plan: Plan) async throws {
    engine = Engine(plan: plan)
    var contents: JournalContents
    repeat {
      var page: [StoredEvent]
      repeat {
        page = try await journal.events(after: events, limit: 4096)
        for stored in page { try play(stored) }
      } while !page.isEmpty
      contents = try await journal.load()
    } while contents.lastSequence > events
    for index in engine.hosts.indices where engine.hosts[index] != contents.hosts[index] {
      differing.append(HostID(rawValue: UInt32(index)))
    }
    runAgrees = engine.run == contents.run
  }

  private mutating func play(_ stored: StoredEvent) throws(StoredEventError) {
    guard stored.sequence == events + 1 else {
      throw StoredEventError(sequence: events + 1, problem: "it is missing")
    }
    let event = try stored.event()
    if strayDecision == nil, isDecision(event.what), engine.nextDecision(at: event.at) != event {
      strayDecision = stored.sequence
    }
    engine.apply(event)
    events = stored.sequence
  }

  /// Whether the engine itself decides such a thing; everything else comes from outside.
  private func isDecision(_ what: Event.What) -> Bool {
    switch what {
    case .started, .looked, .unread, .answered, .read, .notRead, .commanded, .clockJumped, .window:
      false
    case .held(let hold): !hold.reason.isOfOneProcess
    case .released(let id):
      // A process releases its own holds, and no others.
      !(engine.run.holds.first { $0.id == id }?.reason.isOfOneProcess ?? false)
    case .intended, .turned, .resumed, .unreadable, .gaveUp, .waveOpened, .waveSoaked, .waveClosed,
      .finished:
      true
    }
  }
}
