/// A record's place in the order of names: the first 16 bytes as numbers, then the rest.
struct NameKey {
  var high: UInt64
  var low: UInt64
  var index: UInt32

  @inline(__always)
  init(_ name: TextRange, in text: FieldBytes, index: Int) {
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
  }
}

extension InventoryPart {
  /// Puts the records into the order of their names, with the symbols of the whole inventory,
  /// texts shifted behind those of the parts before, and lines counted from the file's beginning.
  mutating func arrange(_ renumbering: Renumbering, textOffset: Int, lineOffset: Int) {
    let order = sortedIndices()
    hosts = [HostRecord](unsafeUninitializedCapacity: hosts.count) { output, count in
      hosts.withUnsafeBufferPointer { hosts in
        for (place, key) in order.enumerated() {
          var host = hosts[Int(key.index)]
          renumbering.apply(to: &host)
          host.line += UInt32(truncatingIfNeeded: lineOffset)
          host.name.offset += UInt32(truncatingIfNeeded: textOffset)
          if !host.installationID.isEmpty {
            host.installationID.offset += UInt32(truncatingIfNeeded: textOffset)
          }
          if !host.confirmationID.isEmpty {
            host.confirmationID.offset += UInt32(truncatingIfNeeded: textOffset)
          }
          output.initializeElement(at: place, to: host)
        }
        count = order.count
      }
    }
  }

  private func sortedIndices() -> [NameKey] {
    text.bytes.withUnsafeBufferPointer { bytes in
      var keys: [NameKey] = []
      keys.reserveCapacity(hosts.count)
      for (index, host) in hosts.enumerated() {
        keys.append(NameKey(host.name, in: bytes, index: index))
      }
      hosts.withUnsafeBufferPointer { hosts in
        keys.sort { left, right in
          if left.high != right.high { return left.high < right.high }
          if left.low != right.low { return left.low < right.low }
          let order = compareTexts(
            hosts[Int(left.index)].name, hosts[Int(right.index)].name, in: bytes)
          return order == 0 ? left.index < right.index : order < 0
        }
      }
      return keys
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

/// Merges parts that are each in order into one.
func mergeHosts(_ parts: consuming [InventoryPart], text: TextArena) -> [HostRecord] {
  var parts = parts
  while parts.count > 1 {
    let last = parts.removeLast().hosts
    let first = parts[parts.count - 1].hosts
    parts[parts.count - 1].hosts = merge(first, last, text)
  }
  return parts.first?.hosts ?? []
}

private func merge(_ left: [HostRecord], _ right: [HostRecord], _ text: TextArena) -> [HostRecord] {
  [HostRecord](unsafeUninitializedCapacity: left.count + right.count) { output, count in
    text.bytes.withUnsafeBufferPointer { bytes in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          var (first, second) = (0, 0)
          while first < left.count, second < right.count {
            let takesLeft = compareTexts(left[first].name, right[second].name, in: bytes) <= 0
            output.initializeElement(at: count, to: takesLeft ? left[first] : right[second])
            if takesLeft { first += 1 } else { second += 1 }
            count += 1
          }
          while first < left.count {
            output.initializeElement(at: count, to: left[first])
            first += 1
            count += 1
          }
          while second < right.count {
            output.initializeElement(at: count, to: right[second])
            second += 1
            count += 1
          }
        }
      }
    }
  }
}
