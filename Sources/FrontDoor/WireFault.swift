/// What goes wrong with one exchange, beneath the messages.
package enum WireFault: String, CaseIterable, Sendable {
  /// The connection is closed before the request is looked at.
  case hangUpBefore = "hang-up-before"
  /// The request is carried out, and the connection is closed without an answer.
  case hangUpAfter = "hang-up-after"
  /// The request is carried out, and the connection is reset in the middle of the answer.
  case reset
  /// The answer ends before its length is reached.
  case truncated
  /// The answer comes in small pieces.
  case slow
  /// The request is carried out and answered with HTTP 500 and nothing else.
  case internalError = "internal-error"
  /// Nothing is carried out, and HTTP 503 says so.
  case unavailable
  /// The parts of a sealed answer are not separated by what its header says.
  case wrongBoundary = "wrong-boundary"
  /// The answer has no end.
  case oversized
}

extension WireFault {
  /// Whether a request that meets it is carried out.
  package var executes: Bool {
    switch self {
    case .hangUpBefore, .unavailable: false
    case .hangUpAfter, .reset, .truncated, .slow, .internalError, .wrongBoundary, .oversized: true
    }
  }
}
