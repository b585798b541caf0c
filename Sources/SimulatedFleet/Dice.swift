package import VolumeActivation

/// Chance from a seed: the same question has the same answer, in whatever order it is asked.
///
/// A draw is a hash of the seed, of what it is about and of how often that was asked before, so
/// what happens to one host does not depend on how the others are scheduled.
package struct Dice: Hashable, Sendable {
  package let seed: UInt64

  package init(seed: UInt64) {
    self.seed = Dice.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
  }

  /// What a draw is about.
  package enum Stream: UInt64, Sendable {
    /// How a machine was found, before anything is asked of it.
    case making
    case look
    case change
    case ownAsk
    case kmsHost
    case thirdParty
    case activationService
  }

  /// 64 random bits for the `ordinal`-th question of a stream about the thing numbered `index`.
  package func draw(_ stream: Stream, _ index: Int, _ ordinal: Int = 0) -> UInt64 {
    let about = UInt64(truncatingIfNeeded: index) &* 0xD1B5_4A32_D192_ED03
    let turn = UInt64(truncatingIfNeeded: ordinal) &* 0xABC9_8388_FB8F_AC03
    return Dice.mix(seed ^ Dice.mix(about &+ stream.rawValue) ^ turn)
  }

  /// Whether a chance between 0 and 1 comes true.
  package func comesTrue(
    _ chance: Double, _ stream: Stream, _ index: Int, _ ordinal: Int = 0
  ) -> Bool {
    chance > 0 && Dice.fraction(draw(stream, index, ordinal)) < chance
  }

  /// The finisher of SplitMix64.
  package static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, but not including, 1.
  package static func fraction(_ bits: UInt64) -> Double {
    Double(bits >> 11) * 0x1p-53
  }

  /// A length of time within a range, evenly.
  package static func span(_ bits: UInt64, _ range: ClosedRange<Milliseconds>) -> Milliseconds {
    let width = UInt64(range.upperBound.rawValue - range.lowerBound.rawValue + 1)
    let offset = bits.multipliedFullWidth(by: width).high
    return Milliseconds(rawValue: range.lowerBound.rawValue + Int64(offset))
  }

  /// A text's 64-bit FNV-1a hash, never 0.
  package static func hash(_ text: String) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return max(1, value)
  }
}
