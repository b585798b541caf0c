/// Stands for a text that many records share, in the table of its column.
///
/// Numbers count from 1 in the order of the texts' bytes, so comparing symbols of one column
/// compares their texts.
package struct Symbol: RawRepresentable, Hashable, Comparable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The file says nothing.
  package static let absent = Symbol(rawValue: 0)

  package static func < (left: Symbol, right: Symbol) -> Bool { left.rawValue < right.rawValue }
}

/// What the symbols of one column stand for.
package struct SymbolTable<Value: Sendable>: Sendable {
  private var values: [Value]

  /// The values of symbols 1, 2, 3 and so on.
  package init(_ values: [Value]) {
    self.values = values
  }

  /// One more than the greatest symbol: the length of an array that holds something per symbol,
  /// the absent one included.
  package var count: Int { values.count + 1 }

  /// nil for the absent symbol.
  package subscript(symbol: Symbol) -> Value? {
    symbol == .absent ? nil : values[Int(symbol.rawValue) - 1]
  }

  /// The symbols with their values, in order.
  package var entries: [(symbol: Symbol, value: Value)] {
    values.enumerated().map { (Symbol(rawValue: UInt32($0.offset) + 1), $0.element) }
  }
}

extension SymbolTable: Equatable where Value: Equatable {}
extension SymbolTable: Hashable where Value: Hashable {}
