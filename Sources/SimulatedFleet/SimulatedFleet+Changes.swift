import Engine
import VolumeActivation

/// What was changed of a fleet, for whoever keeps it on disk.
struct FleetChanges: Sendable {
  var hosts: Set<Int> = []
  var kmsHosts: Set<Int> = []
  var operations: Set<Int> = []
}

extension SimulatedFleet {
  mutating func note(_ place: Int) {
    if changes != nil { changes?.hosts.insert(place) }
  }

  mutating func noteKMSHost(_ place: Int) {
    if changes != nil { changes?.kmsHosts.insert(place) }
  }

  mutating func noteOperation(_ ticket: Int) {
    if changes != nil { changes?.operations.insert(ticket) }
  }

  /// What was changed since it was last asked; from the first call on, the fleet keeps track.
  mutating func takeChanges() -> FleetChanges {
    let taken = changes ?? FleetChanges()
    changes = FleetChanges()
    return taken
  }

  /// Takes what was done since it was last asked.
  mutating func takeLedger() -> [Deed] {
    let taken = ledger
    ledger.removeAll(keepingCapacity: true)
    return taken
  }
}

// Taking over what another process made of the fleet.
extension SimulatedFleet {
  mutating func replace(_ place: Int, with host: SimulatedHost) {
    let was = isExposed(place)
    totals.running += Int(host.running) - Int(hosts[place].running)
    hosts[place] = host
    if isExposed(place) != was { totals.exposed += was ? -1 : 1 }
    totals.peakExposed = max(totals.peakExposed, totals.exposed)
    if host.nextAsk != .never { agenda.add(Agenda.Entry(at: host.nextAsk, .ownAsk, place)) }
  }

  mutating func replace(kmsHost place: Int, with host: SimulatedKMSHost) {
    kmsHosts[place] = host
    if host.nextRestart != .never {
      agenda.add(Agenda.Entry(at: host.nextRestart, .restart, place))
    }
    for (number, foreigner) in host.foreigners.enumerated() {
      agenda.add(Agenda.Entry(at: foreigner.renewsAt, .foreigner, place << 24 | number))
    }
  }

  /// Replaces every operation; places that are not named are free.
  mutating func replaceOperations(_ all: [(ticket: Int, operation: Operation)]) {
    let count = all.map { $0.ticket + 1 }.max() ?? 0
    operations = Array(repeating: .over, count: count)
    for (ticket, operation) in all {
      operations[ticket] = operation
      if !operation.isExecuted, let at = operation.executesAt {
        agenda.add(Agenda.Entry(at: at, .operation, ticket))
      }
    }
    freeOperations = operations.indices.reversed().filter {
      operations[$0].isExecuted && operations[$0].isCollected
    }
  }

  /// Learns the settings that others added.
  mutating func learn(_ all: [KMSSetting]) {
    settings = all
    targets = all.map { blueprint.kmsHost(of: $0) }
  }
}

extension Operation {
  /// What stands in a free place.
  static let over = Operation(
    host: 0, action: .activate, executesAt: nil, answersAt: Timestamp(rawValue: 0),
    outcome: .done, tells: false, reboots: false, isExecuted: true, isCollected: true)
}
