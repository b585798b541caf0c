// Who was changed, for whoever keeps a fleet on disk.
extension SimulatedFleet {
  /// What was changed since it was last asked.
  struct Changes {
    var hosts: [Int]
    var kmsHosts: [Int]
  }

  func watching() -> SimulatedFleet {
    var fleet = self
    fleet.touched = []
    return fleet
  }

  mutating func note(_ place: Int) {
    if touched != nil { touched?.insert(place) }
  }

  mutating func noteKMSHost(_ place: Int) {
    if touched != nil { touched?.insert(-1 - place) }
  }

  mutating func takeChanges() -> Changes {
    let all = touched ?? []
    touched = touched == nil ? nil : []
    return Changes(
      hosts: all.filter { $0 >= 0 }.sorted(),
      kmsHosts: all.filter { $0 < 0 }.map { -1 - $0 }.sorted())
  }
}
