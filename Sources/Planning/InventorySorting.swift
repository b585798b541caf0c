import Dispatch

/// A record's place in the order of names: the first 16 bytes as numbers, then the rest.
struct NameKey {
  var high: UInt64
  var low: UInt64
  /// The record in its part's `hosts`.
  var index: UInt32
  var part: UInt32

  @inline(__always)
  init(_ name: TextRange, in text: FieldBytes, index: Int, part: Int) {
    let start = Int(name.offset)
    let length = min(Int(name.length), 16)
    var value: (UInt64, UInt64) = (0, 0)
    for offset in 0..<length {
      let byte = UInt64(text[start + offset])
      if offset < 8 {
        value.0 |= byte << UInt64(56 - 8 * offset)
      } else {
        value.1 |= byte << UInt64(120 - 8 * offset)
      }
    }
    high = value.0
    low = value.1
    self.index = UInt32(truncatingIfNeeded: index)
    self.part = UInt32(truncatingIfNeeded: part)
  }
}

extension InventoryPart {
  /// The keys of its records in the order of their names; namesakes stay in the file's order.
  func sortedKeys(part: Int) -> [NameKey] {
    text.bytes.withUnsafeBufferPointer { bytes in
      hosts.withUnsafeBufferPointer { hosts in
        var keys: [NameKey] = []
        keys.reserveCapacity(hosts.count)
        for (index, host) in hosts.enumerated() {
          keys.append(NameKey(host.name, in: bytes, index: index, part: part))
        }
        keys.sort { left, right in
          if left.high != right.high { return left.high < right.high }
          if left.low != right.low { return left.low < right.low }
          let order = compareTexts(
            hosts[Int(left.index)].name, hosts[Int(right.index)].name, in: bytes)
          return order == 0 ? left.index < right.index : order < 0
        }
        return keys
      }
    }
  }
}

/// Below 0, 0 or above 0, as the first text's bytes come before, equal or come after the second's.
@inline(__always)
func compareTexts(_ left: TextRange, _ right: TextRange, in bytes: FieldBytes) -> Int {
  var first = Int(left.offset)
  var second = Int(right.offset)
  let end = first + Int(min(left.length, right.length))
  while first < end {
    if bytes[first] != bytes[second] { return Int(bytes[first]) - Int(bytes[second]) }
    first += 1
    second += 1
  }
  return Int(left.length) - Int(right.length)
}

/// Puts the records of a file's parts together, in the order of their names.
struct InventoryMerger {
  private let parts: [InventoryPart]
  private let moves: [Move]
  /// The texts of all parts end to end.
  let text: TextArena

  /// What becomes of the records of one part.
  private struct Move {
    var renumbering: Renumbering
    /// Bytes and lines before the part's own.
    var text: UInt32
    var lines: UInt32
  }

  init(_ read: InventoryRead, _ columns: MergedColumns) {
    parts = read.parts
    var text = TextArena()
    text.bytes.reserveCapacity(read.parts.reduce(0) { $0 + $1.text.bytes.count })
    var lines = read.linesBefore
    var moves: [Move] = []
    for (place, part) in read.parts.enumerated() {
      moves.append(
        Move(
          renumbering: columns.renumbering(of: place),
          text: UInt32(truncatingIfNeeded: text.bytes.count),
          lines: UInt32(truncatingIfNeeded: lines)))
      text.bytes += part.text.bytes
      lines += part.lines
    }
    self.text = text
    self.moves = moves
  }

  /// The records in order; of namesakes, those of earlier parts first.
  func hosts(_ sorted: [[NameKey]]) -> [HostRecord] {
    var sorted = sorted
    while sorted.count > 1 {
      let last = sorted.removeLast()
      sorted[sorted.count - 1] = merge(sorted[sorted.count - 1], last)
    }
    return gather(sorted.first ?? [])
  }

  private func merge(_ left: [NameKey], _ right: [NameKey]) -> [NameKey] {
    [NameKey](unsafeUninitializedCapacity: left.count + right.count) { output, count in
      var (first, second) = (0, 0)
      for place in 0..<left.count + right.count {
        let takesLeft =
          second == right.count || first < left.count && !precedes(right[second], left[first])
        output.initializeElement(at: place, to: takesLeft ? left[first] : right[second])
        if takesLeft { first += 1 } else { second += 1 }
      }
      count = left.count + right.count
    }
  }

  @inline(__always)
  private func precedes(_ left: NameKey, _ right: NameKey) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.low != right.low { return left.low < right.low }
    return text.compare(name(left), name(right)) < 0
  }

  /// Where its name is in the text of the whole.
  private func name(_ key: NameKey) -> TextRange {
    var name = parts[Int(key.part)].hosts[Int(key.index)].name
    name.offset += moves[Int(key.part)].text
    return name
  }

  /// Copies each record to its place, some thousands at a time on all processors.
  private func gather(_ order: [NameKey]) -> [HostRecord] {
    [HostRecord](unsafeUninitializedCapacity: order.count) { output, count in
      // Each thread writes the places of its own stretch, and nobody reads them before all are done.
      nonisolated(unsafe) let output = output
      let stretch = 1 << 14
      DispatchQueue.concurrentPerform(iterations: (order.count + stretch - 1) / stretch) { number in
        for place in number * stretch..<min(order.count, (number + 1) * stretch) {
          let key = order[place]
          let host = parts[Int(key.part)].hosts[Int(key.index)]
          output.initializeElement(at: place, to: moved(host, by: moves[Int(key.part)]))
        }
      }
      count = order.count
    }
  }

  @inline(__always)
  private func moved(_ record: HostRecord, by move: Move) -> HostRecord {
    var host = record
    move.renumbering.apply(to: &host)
    host.line += move.lines
    host.name.offset += move.text
    if !host.installationID.isEmpty { host.installationID.offset += move.text }
    if !host.confirmationID.isEmpty { host.confirmationID.offset += move.text }
    return host
  }
}
