import Engine
import Execution
import GRDB
import Planning
import VolumeActivation

extension HostRow {
  /// Writes the row anew; the columns of the plan stay as they are.
  static let update = """
    UPDATE host SET phase = ?, step = ?, touched = ?, wish = ?, reason = ?, ending = ?, tries = ?,
    granted = ?, spent = ?, strays = ?, marks = ?, way = ?, attempt = ?, era = ?, reading = ?, asked = ?,
    machine = ?, looked = ?, due = ?, deadline = ?, doubt = ?, answers = ?, silent = ?, seq = ?
    WHERE id = ?
    """

  /// Binds the row to `update`.
  func bind(to statement: inout RawStatement, sequence: Int64) throws {
    try statement.bind(state.phase.word)
    try statement.bind(state.phase.step?.word)
    try statement.bind(Int64(state.touched.rawValue))
    try statement.bind(state.wish.word)
    try statement.bind(state.reason.word)
    try statement.bind(state.ending.word)
    try statement.bind(Int64(state.tries))
    try statement.bind(Int64(state.granted))
    try statement.bind(Int64(state.spent))
    try statement.bind(Int64(state.strays))
    try statement.bind(Int64(state.marks.rawValue))
    try statement.bind(Int64(state.way.rawValue))
    try statement.bind(Int64(state.attempt))
    try statement.bind(Int64(state.lookEra))
    try statement.bind(Int64(state.reading))
    try statement.bind(Int64(state.asked))
    try statement.bind(Int64(state.machine))
    try statement.bind(state.lookedAt?.rawValue)
    try statement.bind(state.due?.rawValue)
    try statement.bind(state.deadline?.rawValue)
    try statement.bind(state.doubtSince?.rawValue)
    try statement.bind(state.answersSince?.rawValue)
    try statement.bind(state.silentSince?.rawValue)
    try statement.bind(sequence)
    try statement.bind(Int64(id.rawValue))
  }
}

extension HostRun {
  /// Reads a row of `host`, whose columns stand in the order of the table.
  init(row: Row) throws {
    let id: Int64 = row["id"]
    func damaged(_ column: String) -> StoredRowError { StoredRowError(host: id, column: column) }
    func word<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
      guard let value = parse(row[column]) else { throw damaged(column) }
      return value
    }
    func number<Value: FixedWidthInteger>(_ column: String) throws -> Value {
      let wide: Int64 = row[column]
      guard let value = Value(exactly: wide) else { throw damaged(column) }
      return value
    }
    func instant(_ column: String) -> Timestamp? {
      let wide: Int64? = row[column]
      return wide.map(Timestamp.init(rawValue:))
    }
    self.init(way: Way(rawValue: try number("way")))
    let stepWord: String? = row["step"]
    let step = try stepWord.map { _ in try word("step", Step.init(word:)) }
    phase = try word("phase") { Phase(word: $0, step: step) }
    guard let touched = Touched(rawValue: try number("touched")) else { throw damaged("touched") }
    self.touched = touched
    guard let wish = Wish(word: row["wish"]) else { throw damaged("wish") }
    self.wish = wish
    reason = try word("reason", BackReason.init(word:))
    ending = try word("ending", Ending.init(word:))
    tries = try number("tries")
    granted = try number("granted")
    spent = try number("spent")
    strays = try number("strays")
    marks = Marks(rawValue: try number("marks"))
    attempt = try number("attempt")
    lookEra = try number("era")
    reading = try number("reading")
    asked = try number("asked")
    machine = try number("machine")
    lookedAt = instant("looked")
    due = instant("due")
    deadline = instant("deadline")
    doubtSince = instant("doubt")
    answersSince = instant("answers")
    silentSince = instant("silent")
  }
}

/// A host's row that no version wrote.
struct StoredRowError: Error, CustomStringConvertible {
  var host: Int64
  var column: String

  var description: String { "host \(host) has an impossible \(column)" }
}
