import Randomness

extension SplitMix64 {
  /// Changes, removes, doubles or adds something in one to three places.
  mutating func mutate(_ original: [UInt8]) -> [UInt8] {
    var octets = original
    for _ in 0..<Int.random(in: 1...3, using: &self) where !octets.isEmpty {
      let place = Int.random(in: 0..<octets.count, using: &self)
      let end = min(octets.count, place + Int.random(in: 1...40, using: &self))
      switch Int.random(in: 0..<6, using: &self) {
      case 0: octets[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1: octets[place] = UInt8.random(in: 0...255, using: &self)
      case 2: octets.removeSubrange(place..<end)
      case 3: octets.insert(contentsOf: octets[place..<end], at: place)
      case 4: octets.removeLast(octets.count - place)
      // More ends of lines are allowed at the end.
      case _: octets += [0x0D, 0x0A]
      }
    }
    return octets
  }

  /// Writes something else into one to four places.
  mutating func overwrite(_ original: [UInt8]) -> [UInt8] {
    var octets = original
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      let place = Int.random(in: 0..<octets.count, using: &self)
      octets[place] = Bool.random(using: &self) ? 0 : UInt8.random(in: 0...255, using: &self)
    }
    return octets
  }
}
