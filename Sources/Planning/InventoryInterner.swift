/// Gives each different text of a column a number, while a part of the file is read.
///
/// Spellings of one value share its number: `KMS01.contoso.com.` and `kms01.contoso.com`.
struct Interner: Sendable {
  /// The values' texts; symbol 1 is the first.
  private(set) var values: [[UInt8]] = []

  /// Spellings end to end.
  private var bytes: [UInt8] = []
  private var spellings: [Spelling] = []
  /// Index of a spelling plus one, at its hash or behind; 0 is free.
  ///
  /// A power of two long.
  private var slots: [UInt32] = Array(repeating: 0, count: 64)
  /// Index of the spelling found last: neighbours in a file are often alike.
  private var recent = 0

  private struct Spelling {
    var hash: UInt64
    var offset: Int
    var length: Int
    var symbol: Symbol
  }

  /// The symbol of a text; one never seen is brought into its canonical form first.
  ///
  /// - Returns: nil when `canonical` refuses it.
  @inline(__always)
  mutating func symbol(
    for field: FieldBytes, canonical: (FieldBytes) -> [UInt8]?
  ) -> Symbol? {
    if recent < spellings.count, matches(spellings[recent], field) {
      return spellings[recent].symbol
    }
    let hash = Self.hash(field)
    guard let index = find(field, hash) else { return add(field, hash, canonical) }
    recent = index
    return spellings[index].symbol
  }

  @inline(__always)
  private func matches(_ spelling: Spelling, _ field: FieldBytes) -> Bool {
    guard spelling.length == field.count else { return false }
    for index in 0..<field.count where bytes[spelling.offset + index] != field[index] {
      return false
    }
    return true
  }

  @inline(__always)
  private func find(_ field: FieldBytes, _ hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if spellings[index].hash == hash, matches(spellings[index], field) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  @inline(never)
  private mutating func add(
    _ field: FieldBytes, _ hash: UInt64, _ canonical: (FieldBytes) -> [UInt8]?
  ) -> Symbol? {
    guard let value = canonical(field) else { return nil }
    let symbol: Symbol
    let isCanonical = value.count == field.count && value.elementsEqual(field)
    if isCanonical {
      symbol = append(value)
    } else {
      symbol = value.withUnsafeBufferPointer { canonicalField in
        let canonicalHash = Self.hash(canonicalField)
        if let known = find(canonicalField, canonicalHash) { return spellings[known].symbol }
        let new = append(value)
        insert(canonicalField, canonicalHash, new)
        return new
      }
    }
    insert(field, hash, symbol)
    return symbol
  }

  private mutating func append(_ value: [UInt8]) -> Symbol {
    values.append(value)
    return Symbol(rawValue: UInt32(values.count))
  }

  private mutating func insert(_ field: FieldBytes, _ hash: UInt64, _ symbol: Symbol) {
    if spellings.count * 2 >= slots.count { grow() }
    spellings.append(
      Spelling(hash: hash, offset: bytes.count, length: field.count, symbol: symbol))
    bytes.append(contentsOf: field)
    place(spellings.count - 1)
  }

  private mutating func place(_ index: Int) {
    var slot = Int(truncatingIfNeeded: spellings[index].hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(index + 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 4)
    for index in spellings.indices { place(index) }
  }

  /// Eight bytes at a time; good enough to spread a column's texts, not to keep secrets.
  @inline(__always)
  private static func hash(_ field: FieldBytes) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: field.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    let raw = UnsafeRawBufferPointer(field)
    while index + 8 <= field.count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var rest: UInt64 = 0
    while index < field.count {
      rest = rest << 8 | UInt64(field[index])
      index += 1
    }
    return mix(hash ^ rest)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* 0xD6E8_FEB8_6659_FD93
    return product ^ (product >> 32)
  }
}

/// What the few words of a column mean, each read once.
struct Vocabulary<Value: Sendable>: Sendable {
  private var words = Interner()
  private var meanings: [Value] = []

  /// The meaning of a word; nil when `read` does not know it.
  @inline(__always)
  mutating func meaning(of field: FieldBytes, read: (FieldBytes) -> Value?) -> Value? {
    var new: Value?
    let symbol = words.symbol(for: field) { field in
      guard let value = read(field) else { return nil }
      new = value
      return Array(field)
    }
    guard let symbol else { return nil }
    if let new { meanings.append(new) }
    return meanings[Int(symbol.rawValue) - 1]
  }
}
