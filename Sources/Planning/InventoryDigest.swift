import Crypto
import VolumeActivation

/// The digest of an inventory: SHA-256 of the digests of its blocks.
///
/// A record is hashed with all it says except its line; the symbols of shared texts follow from
/// the texts, which are hashed first. Blocks make the work divisible among processors.
struct InventoryDigest {
  static let blockSize = 65_536

  /// The blocks of a number of records.
  static func blocks(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: blockSize).map { $0..<min($0 + blockSize, count) }
  }

  /// The digest of some neighbouring records.
  static func block(_ hosts: ArraySlice<HostRecord>, _ text: TextArena) -> [UInt8] {
    var hash = SHA256()
    text.bytes.withUnsafeBytes { text in
      withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
        var bytes = RecordBytes(buffer: buffer)
        for host in hosts {
          bytes.append(host, text)
          if bytes.count > buffer.count - RecordBytes.limit {
            hash.update(bufferPointer: bytes.written)
            bytes.count = 0
          }
        }
        hash.update(bufferPointer: bytes.written)
      }
    }
    return Array(hash.finalize())
  }

  /// The digest of the whole.
  static func whole(blocks: [[UInt8]], texts: [[String]]) -> PlanDigest {
    var hash = SHA256()
    hash.update(data: Array("muster-inventory/1\n".utf8))
    for column in texts {
      for text in column { hash.update(data: Array(text.utf8) + [0x0A]) }
      hash.update(data: [0x0A])
    }
    for block in blocks { hash.update(data: block) }
    let digits = Array("0123456789abcdef".utf8)
    let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return PlanDigest(rawValue: String(decoding: text, as: UTF8.self))
  }
}
