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
    var buffer: [UInt8] = []
    buffer.reserveCapacity(1 << 16)
    for host in hosts {
      append(host, text, to: &buffer)
      if buffer.count > 60_000 {
        hash.update(data: buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    hash.update(data: buffer)
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

  /// All that a record says, in a form that orders records too.
  @inline(__always)
  static func append(_ host: HostRecord, _ text: TextArena, to buffer: inout [UInt8]) {
    for range in [host.name, host.installationID, host.confirmationID] {
      let start = Int(range.offset)
      append(UInt64(range.length), to: &buffer)
      buffer.append(contentsOf: text.bytes[start..<start + Int(range.length)])
    }
    append(UInt64(host.site.rawValue) << 32 | UInt64(host.osCaption.rawValue), to: &buffer)
    append(UInt64(host.edition.rawValue) << 32 | UInt64(host.domain.rawValue), to: &buffer)
    append(UInt64(host.group.rawValue) << 32 | UInt64(host.kmsHost.rawValue), to: &buffer)
    append(UInt64(host.partialKey.rawValue) << 32 | UInt64(host.tags.rawValue), to: &buffer)
    append(optional: host.build.map(UInt64.init), to: &buffer)
    append(optional: host.graceMinutes.map(UInt64.init), to: &buffer)
    append(optional: host.lastSeen.map { UInt64(bitPattern: $0.rawValue) }, to: &buffer)
    append(optional: host.clientMachineID?.high, to: &buffer)
    append(optional: host.clientMachineID?.low, to: &buffer)
    append(optional: host.uuid?.high, to: &buffer)
    append(optional: host.uuid?.low, to: &buffer)
    buffer.append(host.version?.major ?? 0)
    buffer.append(host.version?.minor ?? 0)
    buffer.append(host.productType?.rawValue ?? 0xFF)
    buffer.append(host.channel.map(code) ?? 0xFF)
    buffer.append(host.status?.rawValue ?? 0xFF)
    buffer.append(host.activationType?.rawValue ?? 0xFF)
    buffer.append(host.criticality.rawValue)
    buffer.append(host.roaming ? 1 : 0)
  }

  @inline(__always)
  private static func append(_ value: UInt64, to buffer: inout [UInt8]) {
    withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
  }

  @inline(__always)
  private static func append(optional value: UInt64?, to buffer: inout [UInt8]) {
    buffer.append(value == nil ? 0 : 1)
    if let value { append(value, to: &buffer) }
  }

  /// Numbers that stay as they are, whatever becomes of the enum's order.
  private static func code(_ channel: Channel) -> UInt8 {
    switch channel {
    case .mak: 1
    case .kmsClient: 2
    case .retail: 3
    case .oem: 4
    case .kmsHost: 5
    case .evaluation: 6
    case .avma: 7
    case .subscription: 8
    case .none: 9
    }
  }
}
