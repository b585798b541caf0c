extension Inventory {
  /// Reads what `muster scan`, a spreadsheet, VAMT's `Export-Csv` or a program wrote.
  ///
  /// CSV with `,`, `;` or tab, a JSON array of objects, or JSON Lines; UTF-8, or UTF-16 with a byte
  /// order mark. `file` is the name to use in messages. `parts` is how many pieces are read side by
  /// side; the result does not depend on it.
  @concurrent
  package static func read(
    _ bytes: consuming [UInt8], file: String, parts: Int = 2
  ) async throws(InputErrors) -> Inventory {
    guard bytes.count <= sizeLimit else {
      throw InputErrors(
        InputError(
          .input, at: InputError.Place(file: file), "the inventory is larger than 2 GiB",
          remedy: "Split it by KMS host"))
    }
    guard let text = InventoryText(bytes) else {
      throw InputErrors(
        InputError(
          .input, at: InputError.Place(file: file), "the text is neither UTF-8 nor whole UTF-16",
          remedy: "Save the file as UTF-8, or as UTF-16 with a byte order mark"))
    }
    let read: InventoryRead
    do {
      read = try await text.read(parts: parts)
    } catch {
      throw text.bytes.withUnsafeBufferPointer {
        error.errors(in: $0, from: text.start, file: file)
      }
    }
    return await Inventory(read)
  }

  /// Offsets are kept in 32 bits.
  private static let sizeLimit = 1 << 31
}

/// A whole file, brought into UTF-8.
struct InventoryText: Sendable {
  var bytes: [UInt8]
  /// Where the text begins, behind a byte order mark.
  var start: Int

  /// nil when the encoding cannot be told.
  init?(_ file: [UInt8]) {
    guard let (bytes, start) = InventoryEncoding.utf8(file) else { return nil }
    self.bytes = bytes
    self.start = start
  }

  /// Reads it in up to `count` pieces side by side.
  func read(parts count: Int) async throws(InventoryFaults) -> InventoryRead {
    var read: InventoryRead
    if bytes.withUnsafeBufferPointer({ JSONText.isLikely($0, from: start) }) {
      read = bytes.withUnsafeBufferPointer { bytes in
        var text = JSONText(bytes, from: start)
        return text.read()
      }
    } else {
      read = try await readDelimited(parts: count)
    }
    if let faults = InventoryFaults(read.parts[0]) { throw faults }
    try read.settleDates()
    if read.parts.allSatisfy(\.hosts.isEmpty) {
      throw InventoryFaults(
        InventoryFault(
          offset: start, problem: "the inventory names no host",
          remedy: "Write one with `muster scan`, or export one with a line per host"))
    }
    return read
  }

  private func readDelimited(parts count: Int) async throws(InventoryFaults) -> InventoryRead {
    let (layout, ranges) = try bytes.withUnsafeBufferPointer {
      bytes throws(InventoryFaults) -> (DelimitedLayout, [Range<Int>]) in
      let layout = try DelimitedText.layout(bytes, from: start)
      return (layout, layout.text(bytes).parts(from: layout.start, count: count))
    }
    var parts = await read(ranges, layout)
    if parts.count > 1, parts.contains(where: { !$0.faults.isEmpty }) {
      // Where quotation marks are amiss, records were cut elsewhere; what is said about a file
      // must not depend on that.
      parts = await read([layout.start..<bytes.count], layout)
    }
    return InventoryRead(parts: parts, notes: layout.header.notes, linesBefore: layout.lines)
  }

  private func read(_ ranges: [Range<Int>], _ layout: DelimitedLayout) async -> [InventoryPart] {
    await withTaskGroup(of: (Int, InventoryPart).self) { group in
      for (index, range) in ranges.enumerated() {
        group.addTask {
          bytes.withUnsafeBufferPointer {
            (index, layout.text($0).read(range, columns: layout.header.columns))
          }
        }
      }
      var parts = Array(repeating: InventoryPart(), count: ranges.count)
      for await (index, part) in group { parts[index] = part }
      return parts
    }
  }
}

/// All that was read of a file, part by part.
struct InventoryRead: Sendable {
  var parts: [InventoryPart]
  /// What was ignored, one sentence each.
  var notes: [String]
  /// Line ends before the first part.
  var linesBefore = 0

  /// Tells day from month in slashed dates by what the whole file shows.
  mutating func settleDates() throws(InventoryFaults) {
    let dates = parts.flatMap(\.ambiguousDates)
    guard let first = dates.first else { return }
    let proofs = dates.filter { $0.date.order != nil }
    guard let order = proofs.first?.date.order else {
      throw InventoryFaults(
        InventoryFault(
          offset: first.offset,
          problem: "lastSeen may mean day and month in either order, and no date here tells which",
          remedy: "Write 2026-11-24, or 24.11.2026"))
    }
    if let other = proofs.first(where: { $0.date.order != order }) {
      throw InventoryFaults(
        InventoryFault(
          offset: other.offset,
          problem: "lastSeen has day and month in another order than dates before it",
          remedy: "Write 2026-11-24, or 24.11.2026"))
    }
    for part in parts.indices {
      for pending in parts[part].ambiguousDates {
        parts[part].hosts[pending.host].lastSeen = pending.date.instant(order)
      }
      parts[part].ambiguousDates = []
    }
  }
}
