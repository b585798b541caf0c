/// Bytes as accidents and bad company leave them: changed, lost, doubled, or cut off.
package struct Mutation: Sendable {
  private let bytes: [UInt8]
  /// What means something to who reads them, and is put in anywhere.
  private let sharp: [[UInt8]]

  package init(of bytes: [UInt8], sharp: [[UInt8]]) {
    self.bytes = bytes
    self.sharp = sharp
  }

  /// A mutant after one accident or more.
  package func next(_ random: inout SplitMix64, most: Int = 4) -> [UInt8] {
    var mutant = bytes
    for _ in 0..<Int.random(in: 1...most, using: &random) where !mutant.isEmpty {
      let place = Int.random(in: 0..<mutant.count, using: &random)
      let end = min(mutant.count, place + Int.random(in: 1...40, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0: mutant[place] = UInt8.random(in: 0...255, using: &random)
      case 1: mutant.removeSubrange(place..<end)
      case 2: mutant.insert(contentsOf: mutant[place..<end], at: place)
      case 3: mutant.removeSubrange(place...)
      case 4: mutant.swapAt(place, Int.random(in: 0..<mutant.count, using: &random))
      // Letters and digits in place of others leave a text well-formed.
      case 5: mutant[place] ^= 1
      default: mutant.insert(contentsOf: sharp.randomElement(using: &random) ?? [], at: place)
      }
    }
    return mutant
  }

  /// Octets that no reader of UTF-8 may take for a text.
  package static let brokenUTF8: [[UInt8]] = [
    [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xFE, 0xFF],
  ]
}
