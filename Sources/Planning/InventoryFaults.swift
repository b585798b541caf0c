/// What is wrong with a file, before line and column are counted.
struct InventoryFaults: Error {
  var faults: [InventoryFault]
  var unlisted = 0

  init(_ fault: InventoryFault) {
    faults = [fault]
  }

  /// The faults of one part; nil when it has none.
  init?(_ part: InventoryPart) {
    if part.faults.isEmpty { return nil }
    faults = part.faults
    unlisted = part.unlistedFaults
  }

  static func empty(at offset: Int) -> InventoryFaults {
    InventoryFaults(
      InventoryFault(
        offset: offset, problem: "the inventory is empty",
        remedy: "Write one with `muster scan`, or export one with a header and a line per host"))
  }

  /// The errors that a person sees.
  func errors(in bytes: FieldBytes, from start: Int, file: String) -> InputErrors {
    var errors = faults.sorted { $0.offset < $1.offset }.map { fault in
      InputError(
        .input, at: place(of: fault, in: bytes, from: start, file: file), fault.problem,
        remedy: fault.remedy)
    }
    let first = errors.removeFirst()
    return InputErrors(first, others: errors, unlisted: unlisted)
  }

  private func place(
    of fault: InventoryFault, in bytes: FieldBytes, from start: Int, file: String
  ) -> InputError.Place {
    if bytes.count == start { return InputError.Place(file: file) }
    var line = 1
    var column = 1
    for index in start..<min(max(fault.offset, start), bytes.count) {
      let byte = bytes[index]
      let isLineEnd =
        byte == DelimitedText.lineFeed
        || byte == DelimitedText.carriageReturn
          && !(index + 1 < bytes.count && bytes[index + 1] == DelimitedText.lineFeed)
      if isLineEnd {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        // Every byte but those that continue a character.
        column += 1
      }
    }
    return InputError.Place(file: file, line: line, column: column, host: fault.host)
  }
}
