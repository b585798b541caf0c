/// A small generator whose seed replays a test.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SplitMix64 {
  /// True with this chance.
  package mutating func happens(_ chance: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < chance
  }

  /// True so many times in a thousand.
  package mutating func happens(permille: Int) -> Bool {
    permille > 0 && Int.random(in: 0..<1000, using: &self) < permille
  }

  package mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }

  package mutating func octets(below limit: Int) -> [UInt8] {
    (0..<Int.random(in: 0..<limit, using: &self)).map { _ in .random(in: 0...255, using: &self) }
  }
}
