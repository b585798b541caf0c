/// What a reply says it answers, compared byte for byte.
package struct MessageID: Hashable, Sendable {
  package let text: String

  /// As it was received; nil when it is empty or too long.
  package init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= 256 else { return nil }
    self.text = text
  }

  /// A new one: each request has its own, a repeated one too.
  package static func random(
    using generator: inout some RandomNumberGenerator
  ) -> MessageID {
    let halves = [generator.next() as UInt64, generator.next()]
    var bytes = halves.flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> ($0 * 8)) }
    }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    return MessageID(uuid: bytes)
  }

  package static func random() -> MessageID {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  /// Windows writes its UUIDs in upper case.
  private init(uuid bytes: [UInt8]) {
    var text: [UInt8] = Array("uuid:".utf8)
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      for digit in [byte >> 4, byte & 15] {
        text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
      }
    }
    self.text = String(decoding: text, as: UTF8.self)
  }
}
