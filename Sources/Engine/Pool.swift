import VolumeActivation

/// What a muster still has to work with.
struct Pool: Sendable {
  let wave: Int
  /// The number of the last reading, which hosts that were changed since are not in; nil where that
  /// makes no difference.
  let reading: UInt32?
  /// Weights of those that are not changed yet, ascending.
  private(set) var servers: [Int] = []
  private(set) var clients: [Int] = []
  /// Changed after the last reading and not yet answered: they are not in it.
  private(set) var newInFlight = 0
  /// Changed and not yet answered: whether they are in the last reading is not known.
  private(set) var inFlight = 0
  private(set) var waitingServers = 0
  private(set) var waitingClients = 0
  /// Changed and not yet answered, by kind.
  private(set) var clientsInFlight = 0

  init(wave: Int, reading: UInt32?) {
    self.wave = wave
    self.reading = reading
  }

  /// Hosts that the guard reckons with.
  var ready: Int { servers.count + clients.count + newInFlight }
}

extension Pool {
  /// A host of the wave comes in.
  ///
  /// - Parameter reading: The number of its KMS host's reading when its key was changed.
  mutating func add(_ part: Bearing.Part, of facts: HostFacts, reading: UInt32) {
    take(1, part, of: facts, reading: reading)
  }

  /// A host of the wave goes, which was this.
  mutating func remove(_ part: Bearing.Part, of facts: HostFacts, reading: UInt32) {
    take(-1, part, of: facts, reading: reading)
  }

  private mutating func take(
    _ one: Int, _ part: Bearing.Part, of facts: HostFacts, reading: UInt32
  ) {
    if part.contains(.changed) {
      if part.contains(.exposed), !part.contains(.resting) {
        takeExposed(one, part, of: facts, reading: reading)
      }
    } else if part.contains(.forward), facts.raisesCount, !part.contains(.twin),
      !facts.isIrreversible
    {
      switch facts.kind {
      case .server: Self.take(one, facts.weight, &servers)
      case .client: Self.take(one, facts.weight, &clients)
      }
    }
  }

  /// An exposed host waits, and may be on its way to be counted.
  private mutating func takeExposed(
    _ one: Int, _ part: Bearing.Part, of facts: HostFacts, reading: UInt32
  ) {
    let isInFlight = part.contains(.asking) && !part.contains(.counted)
    switch facts.kind {
    case .server: waitingServers += one
    case .client:
      waitingClients += one
      if isInFlight { clientsInFlight += one }
    }
    guard isInFlight, facts.raisesCount, !part.contains(.twin) else { return }
    inFlight += one
    if self.reading == nil || self.reading == reading { newInFlight += one }
  }

  /// Puts a weight in its place among ascending ones, or takes one away.
  private static func take(_ one: Int, _ weight: Int, _ weights: inout [Int]) {
    // Who is lightest goes first, so that the place is mostly near the beginning.
    let place = weights.firstIndex { $0 >= weight } ?? weights.endIndex
    if one > 0 { weights.insert(weight, at: place) } else { weights.remove(at: place) }
  }
}
