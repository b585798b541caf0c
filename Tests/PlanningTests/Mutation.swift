/// A file as accidents leave it: bytes changed, lost, doubled, or cut off.
struct Mutation {
  /// Bytes that mean something to some reader.
  private static let sharp: [[UInt8]] =
    [
      "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "\\", "\\u12", "{", "}", "[", "]", ":", "#",
      "-", "*", "&a", "null", "-1", "99999999999999999999", "1e999", "\u{FEFF}", "\u{0}", "é", "ẞ",
      "İ", "🙂", "55c92734-d682-4d71-983e-d6ec3f16059f",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xFE, 0xFF]]

  private let bytes: [UInt8]

  init(of bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// One to eight accidents.
  func next(_ random: inout SplitMix64) -> [UInt8] {
    var mutant = bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !mutant.isEmpty {
      let place = Int.random(in: 0..<mutant.count, using: &random)
      let end = min(mutant.count, place + Int.random(in: 1...40, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0: mutant[place] = UInt8.random(in: 0...255, using: &random)
      case 1: mutant.removeSubrange(place..<end)
      case 2: mutant.insert(contentsOf: mutant[place..<end], at: place)
      case 3: mutant.removeSubrange(place...)
      case 4: mutant.swapAt(place, Int.random(in: 0..<mutant.count, using: &random))
      default: mutant.insert(contentsOf: Self.sharp.randomElement(using: &random) ?? [], at: place)
      }
    }
    return mutant
  }
}
