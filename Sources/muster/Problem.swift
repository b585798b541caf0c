/// Why a command could not do what it was asked, as its one message, and how it ends.
struct Problem: Error, CustomStringConvertible {
  var status: ExitStatus
  /// What happened and what to do next, in whole sentences.
  var description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
