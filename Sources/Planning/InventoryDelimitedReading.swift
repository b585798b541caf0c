/// The header of a file and where its records begin.
struct DelimitedLayout: Sendable {
  var separator: UInt8
  var header: InventoryHeader
  /// Where the first record begins.
  var start: Int
  /// How many line ends stand before it.
  var lines: Int

  func text(_ bytes: FieldBytes) -> DelimitedText {
    DelimitedText(bytes: bytes, separator: separator)
  }
}

extension DelimitedText {
  /// Reads `#TYPE` and `sep=` lines and the header.
  static func layout(
    _ bytes: FieldBytes, from start: Int
  ) throws(InventoryFaults) -> DelimitedLayout {
    var position = start
    var lines = 0
    var separator: UInt8?
    let plain = DelimitedText(bytes: bytes, separator: 0)
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != lineFeed, bytes[end] != carriageReturn { end += 1 }
      let line = FieldBytes(rebasing: bytes[position..<end]).trimmed
      if line.starts(with: "sep=".utf8), line.count == 5 {
        separator = line[4]
      } else if !line.isEmpty, !line.starts(with: "#TYPE".utf8) {
        break
      }
      position = end
      plain.skipLineEnd(&position)
      lines += 1
    }
    guard position < bytes.count else { throw .empty(at: start) }
    let text = DelimitedText(
      bytes: bytes, separator: separator ?? likelySeparator(bytes, from: position))
    let offset = position
    let names = try text.headerNames(&position, &lines)
    do {
      return DelimitedLayout(
        separator: text.separator, header: try InventoryHeader(names.map(\.text)),
        start: position, lines: lines)
    } catch {
      var place = offset
      if case .twice(_, let field) = error { place = names[field].offset }
      throw InventoryFaults(
        InventoryFault(offset: place, problem: error.problem, remedy: error.remedy))
    }
  }

  private func headerNames(
    _ position: inout Int, _ lines: inout Int
  ) throws(InventoryFaults) -> [(text: String, offset: Int)] {
    var names: [(text: String, offset: Int)] = []
    var unescaped: [UnescapedText] = []
    while true {
      let start = position
      do {
        let field = try self.field(&position, unescaped: &unescaped)
        names.append((field.bytes.trimmed.text, field.offset))
        lines += field.lines
      } catch {
        throw InventoryFaults(error.fault(at: start))
      }
      if position < bytes.count, bytes[position] == separator {
        position += 1
        continue
      }
      if position < bytes.count { lines += 1 }
      skipLineEnd(&position)
      return names
    }
  }

  /// The one of comma, semicolon and tab that stands most often in the header, outside quotes.
  private static func likelySeparator(_ bytes: FieldBytes, from start: Int) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes[start...] {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == lineFeed || byte == carriageReturn { break }
      counts[byte, default: 0] += 1
    }
    let comma = UInt8(ascii: ",")
    return [comma, UInt8(ascii: ";"), UInt8(ascii: "\t")]
      .reduce(comma) { (counts[$1] ?? 0) > (counts[$0] ?? 0) ? $1 : $0 }
  }

  /// Reads the records of one part.
  func read(_ range: Range<Int>, columns: [InventoryColumn?]) -> InventoryPart {
    var builder = InventoryBuilder(expecting: expectedRecords(range))
    var position = range.lowerBound
    var lines = 0
    // The fields with doubled quotes of the record being read.
    var unescaped: [UnescapedText] = []
    let part = DelimitedText(
      bytes: FieldBytes(rebasing: bytes[..<range.upperBound]), separator: separator)
    while position < range.upperBound {
      if isLineEnd(at: position) {
        part.skipLineEnd(&position)
        lines += 1
        continue
      }
      part.record(&position, &lines, columns, &builder, &unescaped)
    }
    return builder.finished(lines: lines)
  }

  @inline(__always)
  private func record(
    _ position: inout Int, _ lines: inout Int, _ columns: [InventoryColumn?],
    _ builder: inout InventoryBuilder, _ unescaped: inout [UnescapedText]
  ) {
    let start = position
    builder.begin(line: lines, offset: start)
    if !unescaped.isEmpty { unescaped.removeAll() }
    var count = 0
    var hasFault = false
    while true {
      do {
        let field = try self.field(&position, unescaped: &unescaped)
        if count < columns.count {
          if let column = columns[count] {
            builder.take(column, field.bytes, at: field.offset, isASCII: field.isASCII)
          }
        } else if !field.bytes.isEmpty {
          builder.fault(
            at: field.offset, "there are more fields than the header has (\(columns.count))",
            "Put a field that holds the separator in quotation marks")
        }
        count += 1
        lines += field.lines
      } catch {
        let fault = error.fault(at: position)
        builder.fault(at: fault.offset, fault.problem, fault.remedy)
        hasFault = true
        skipRecord(&position, &lines, error)
        break
      }
      guard position < bytes.count, bytes[position] == separator else { break }
      position += 1
    }
    if count < columns.count, !hasFault { tooFew(count, columns.count, start, &builder) }
    builder.end()
    if position < bytes.count { lines += 1 }
    skipLineEnd(&position)
  }

  @inline(never)
  private func tooFew(
    _ count: Int, _ expected: Int, _ offset: Int, _ builder: inout InventoryBuilder
  ) {
    builder.fault(
      at: offset, "the record has \(count) fields and the header \(expected)",
      "Give every column its separator, also where the field is empty")
  }

  /// Goes on behind a record that cannot be read.
  @inline(never)
  private func skipRecord(_ position: inout Int, _ lines: inout Int, _ fault: FieldFault) {
    switch fault {
    case .unterminatedQuote: position = bytes.count
    case .unevenQuote(let lines) where lines > 0, .tooLong(let lines) where lines > 0:
      position = bytes.count
    case .unevenQuote, .tooLong, .strayQuote:
      while position < bytes.count, !isLineEnd(at: position) { position += 1 }
    }
  }

  /// From the length of the part's first records.
  private func expectedRecords(_ range: Range<Int>) -> Int {
    let sample = range.prefix(65_536)
    let lines = sample.reduce(0) { $0 + (isLineEnd(at: $1) ? 1 : 0) }
    guard lines > 0, sample.count < range.count else { return lines + 1 }
    return Int(Double(range.count) / Double(sample.count) * Double(lines) * 1.02) + 1
  }
}

extension DelimitedText.FieldFault {
  func fault(at offset: Int) -> InventoryFault {
    switch self {
    case .unterminatedQuote:
      InventoryFault(
        offset: offset, problem: "a quotation mark is opened here and never closed",
        remedy: "Close it, or double it if it belongs to the text")
    case .unevenQuote(let lines):
      InventoryFault(
        offset: offset,
        problem: "a quotation mark is opened here and closed in the middle of "
          + (lines == 0 ? "the field" : "another, on a later line"),
        remedy: "Close it where its field ends, or double it if it belongs to the text")
    case .strayQuote:
      InventoryFault(
        offset: offset, problem: "a quotation mark stands in the middle of a field",
        remedy: "Put the whole field in quotation marks and double the one within")
    case .tooLong:
      InventoryFault(
        offset: offset,
        problem: "a field is longer than \(DelimitedText.fieldLimit) bytes",
        remedy: "Shorten it, or look for a quotation mark that is missing")
    }
  }
}
