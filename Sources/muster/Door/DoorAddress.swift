import ArgumentParser

/// An address and a port to listen on, `127.0.0.1:5985`.
struct DoorAddress {
  var address: String
  var port: UInt16

  init(_ text: String) throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("127."), let port = UInt16(parts[1]) else {
      throw ValidationError(
        "“\(text)” is no place to listen: write an address of the loopback and a port, such as "
          + "127.0.0.1:5985.")
    }
    address = String(parts[0])
    self.port = port
  }
}

/// The addresses of the loopback from one on: `127.20.0.1`, `127.20.0.2` and so on.
struct LoopbackRange: Sequence, IteratorProtocol {
  private var number: UInt32

  init(startingAt text: String) throws {
    let octets = text.split(separator: ".", omittingEmptySubsequences: false)
      .compactMap { UInt8($0) }
    guard octets.count == 4, octets[0] == 127 else {
      throw ValidationError("“\(text)” is no address of the loopback, such as 127.20.0.1.")
    }
    number = octets.reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func next() -> String? {
    guard number >> 24 == 127 else { return nil }
    defer { number += 1 }
    return [24, 16, 8, 0].map { String(number >> $0 & 0xFF) }.joined(separator: ".")
  }
}
