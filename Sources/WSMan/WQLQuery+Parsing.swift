extension WQLQuery {
  /// Reads `SELECT columns FROM class WHERE condition AND condition`.
  ///
  /// - Complexity: O(length), which is 8 KiB at most.
  package init(parsing text: String) throws(WQLError) {
    var parser = WQLParser(tokens: try WQLToken.tokens(of: text))
    self = try parser.query()
  }
}

/// Reads a query from its tokens.
private struct WQLParser {
  let tokens: [WQLToken]
  private var place = 0

  init(tokens: [WQLToken]) { self.tokens = tokens }

  mutating func query() throws(WQLError) -> WQLQuery {
    try keyword("SELECT")
    let columns = try columns()
    try keyword("FROM")
    let className = try name("class")
    var conditions: [WQLQuery.Condition] = []
    if accepts("WHERE") {
      repeat { conditions.append(try condition()) } while accepts("AND")
    }
    guard place == tokens.count else { throw expected("end") }
    return WQLQuery(columns: columns, className: className, conditions: conditions)
  }

  private mutating func columns() throws(WQLError) -> WQLQuery.Columns {
    if accepts(symbol: "*") { return .all }
    var names: [CIMName] = []
    repeat { names.append(try name("column")) } while accepts(symbol: ",")
    return .named(names)
  }

  private mutating func condition() throws(WQLError) -> WQLQuery.Condition {
    let column = try name("column")
    if accepts("IS") {
      let isNegated = accepts("NOT")
      try keyword("NULL")
      return isNegated ? .notEqual(column, .null) : .equal(column, .null)
    }
    if accepts(symbol: "=") { return .equal(column, try literal()) }
    if accepts(symbol: "<>") || accepts(symbol: "!=") {
      return .notEqual(column, try literal())
    }
    throw expected("comparison")
  }

  private mutating func literal() throws(WQLError) -> WQLQuery.Literal {
    guard place < tokens.count else { throw expected("value") }
    switch tokens[place] {
    case .string(let text):
      place += 1
      return .string(text)
    case .number(let number):
      place += 1
      return .number(number)
    case .word, .symbol: break
    }
    if accepts("NULL") { return .null }
    if accepts("TRUE") { return .boolean(true) }
    if accepts("FALSE") { return .boolean(false) }
    throw expected("value")
  }

  private mutating func name(_ what: String) throws(WQLError) -> CIMName {
    guard place < tokens.count, case .word(let name) = tokens[place] else {
      throw expected(what)
    }
    place += 1
    return name
  }

  private mutating func keyword(_ word: String) throws(WQLError) {
    guard accepts(word) else { throw expected(word) }
  }

  private mutating func accepts(_ word: String) -> Bool {
    guard place < tokens.count, case .word(let name) = tokens[place],
      name.rawValue.uppercased() == word
    else { return false }
    place += 1
    return true
  }

  private mutating func accepts(symbol: String) -> Bool {
    guard place < tokens.count, case .symbol(symbol) = tokens[place] else { return false }
    place += 1
    return true
  }

  private func expected(_ what: String) -> WQLError { .expected(what, token: place + 1) }
}
