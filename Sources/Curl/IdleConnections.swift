import DequeModule

/// The connections that nobody uses, in the order in which that began; each is closed when it has
/// lasted too long.
///
/// It belongs to the event loop's thread.
struct IdleConnections {
  private let patience: Duration
  private var waiting: Deque<Waiting> = []

  private struct Waiting {
    /// Gone when its owner gave it up.
    weak var connection: Connection?
    var since: ContinuousClock.Instant
  }

  init(patience: Duration) { self.patience = patience }

  mutating func add(_ connection: Connection, at now: ContinuousClock.Instant) {
    connection.idleSince = now
    waiting.append(Waiting(connection: connection, since: now))
  }

  /// When the next one has lasted too long; nil when there is none.
  var deadline: ContinuousClock.Instant? { waiting.first.map { $0.since + patience } }

  mutating func closeOverdue(at now: ContinuousClock.Instant) {
    while let next = waiting.first, next.since + patience <= now {
      waiting.removeFirst()
      // One that was used since then waits further behind, or is in use.
      guard let connection = next.connection, connection.idleSince == next.since else { continue }
      connection.close()
    }
  }
}
