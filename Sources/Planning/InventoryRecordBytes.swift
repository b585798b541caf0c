import VolumeActivation

/// All that records say except their lines, in a form that is hashed and that orders namesakes.
struct RecordBytes {
  let buffer: UnsafeMutableRawBufferPointer
  var count = 0

  /// More than any record takes: its name, two IDs of digits, and numbers.
  static let limit = 1024

  var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<count]) }

  @inline(__always)
  mutating func append(_ host: HostRecord, _ text: UnsafeRawBufferPointer) {
    append(host.name, text)
    append(host.installationID, text)
    append(host.confirmationID, text)
    append(host.site, host.osCaption)
    append(host.edition, host.domain)
    append(host.group, host.kmsHost)
    append(host.partialKey, host.tags)
    append(optional: host.build.map(UInt64.init))
    append(optional: host.graceMinutes.map(UInt64.init))
    append(optional: host.lastSeen.map { UInt64(bitPattern: $0.rawValue) })
    append(optional: host.clientMachineID?.high)
    append(optional: host.clientMachineID?.low)
    append(optional: host.uuid?.high)
    append(optional: host.uuid?.low)
    append(host.version?.major ?? 0)
    append(host.version?.minor ?? 0)
    append(host.productType?.rawValue ?? 0xFF)
    append(host.channel.map(code) ?? 0xFF)
    append(host.status?.rawValue ?? 0xFF)
    append(host.activationType?.rawValue ?? 0xFF)
    append(host.criticality.rawValue)
    append(UInt8(host.roaming ? 1 : 0))
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  @inline(__always)
  private mutating func append(_ value: UInt64) {
    buffer.storeBytes(of: value.bigEndian, toByteOffset: count, as: UInt64.self)
    count += 8
  }

  @inline(__always)
  private mutating func append(_ first: Symbol, _ second: Symbol) {
    append(UInt64(first.rawValue) << 32 | UInt64(second.rawValue))
  }

  @inline(__always)
  private mutating func append(optional value: UInt64?) {
    append(UInt8(value == nil ? 0 : 1))
    if let value { append(value) }
  }

  @inline(__always)
  private mutating func append(_ range: TextRange, _ text: UnsafeRawBufferPointer) {
    append(UInt64(range.length))
    if range.isEmpty { return }
    let start = Int(range.offset)
    UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      .copyMemory(
        from: UnsafeRawBufferPointer(rebasing: text[start..<start + Int(range.length)]))
    count += Int(range.length)
  }

  /// Numbers that stay as they are, whatever becomes of the enum's order.
  @inline(__always)
  private func code(_ channel: Channel) -> UInt8 {
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

extension RecordBytes {
  /// The bytes of one record.
  static func of(_ host: HostRecord, _ text: TextArena) -> [UInt8] {
    text.bytes.withUnsafeBytes { text in
      withUnsafeTemporaryAllocation(byteCount: limit, alignment: 8) { buffer in
        var bytes = RecordBytes(buffer: buffer)
        bytes.append(host, text)
        return Array(bytes.written)
      }
    }
  }
}
