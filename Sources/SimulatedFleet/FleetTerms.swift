/// How a fleet behaves: what stays the same from its first call to its last.
final class FleetTerms: Sendable {
  let faults: FaultProfile
  let tempo: Tempo
  /// The chances of a call, from `faults`.
  let table: FaultTable

  init(faults: FaultProfile, tempo: Tempo) {
    self.faults = faults
    self.tempo = tempo
    table = FaultTable(faults)
  }
}
