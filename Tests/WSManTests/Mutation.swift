/// A message as bad networks and bad hosts leave it: bytes changed, lost, doubled, or cut off.
struct Mutation {
  /// Bytes that mean something to a reader of XML.
  private static let sharp: [[UInt8]] =
    [
      "<", ">", "</", "/>", "&", "&amp;", "&#13;", "&#0;", "\"", "'", "=", " ", "\0", "<a>", "</a>",
      "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<!DOCTYPE a>", "xmlns=\"\"", "xsi:nil=\"true\"",
      "-1", "99999999999999999999", "*", ":", "HRESULT 0x", "w:", "\u{FEFF}", "\u{FFFF}", "é", "🙂",
      "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE]]

  private let bytes: [UInt8]

  init(of bytes: [UInt8]) { self.bytes = bytes }

  /// One to four accidents.
  func next(_ random: inout SplitMix64) -> [UInt8] {
    var mutant = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !mutant.isEmpty {
      let place = Int.random(in: 0..<mutant.count, using: &random)
      let end = min(mutant.count, place + Int.random(in: 1...40, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0: mutant[place] = UInt8.random(in: 0...255, using: &random)
      case 1: mutant.removeSubrange(place..<end)
      case 2: mutant.insert(contentsOf: mutant[place..<end], at: place)
      case 3: mutant.removeSubrange(place...)
      case 4: mutant.swapAt(place, Int.random(in: 0..<mutant.count, using: &random))
      // Letters and digits in place of others leave the document well-formed.
      case 5: mutant[place] = mutant[place] ^ 1
      default: mutant.insert(contentsOf: Self.sharp.randomElement(using: &random) ?? [], at: place)
      }
    }
    return mutant
  }
}
