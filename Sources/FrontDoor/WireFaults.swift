import SimulatedFleet
package import VolumeActivation

/// How often each fault meets a message; handshakes are spared.
package struct WireFaults: Hashable, Sendable {
  package var chances: [WireFault: Double]
  package var seed: UInt64

  package init(_ chances: [WireFault: Double], seed: UInt64) {
    self.chances = chances
    self.seed = seed
  }

  /// Each fault as often as the others, `share` of all messages together.
  package static func mixed(_ share: Double, seed: UInt64) -> WireFaults {
    let each = share / Double(WireFault.allCases.count)
    return WireFaults(
      Dictionary(uniqueKeysWithValues: WireFault.allCases.map { ($0, each) }), seed: seed)
  }

  /// What meets the so many-th message to a host, whatever is said to the others.
  package func draw(_ host: HostName, _ ordinal: Int) -> WireFault? {
    let turn = UInt64(truncatingIfNeeded: ordinal) &* 0x9E37_79B9_7F4A_7C15
    var rest = Dice.fraction(Dice.mix(seed ^ Dice.hash(host.rawValue) ^ turn))
    for fault in WireFault.allCases {
      rest -= chances[fault] ?? 0
      if rest < 0 { return fault }
    }
    return nil
  }
}
