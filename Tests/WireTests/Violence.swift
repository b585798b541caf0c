import Foundation

/// What befalls a process in the middle of its run.
enum Violence: String, CaseIterable {
  case killed, frozen
  case terminated, interrupted, interruptedTwice, hungUp, terminalClosed
  case outOfMemory
  /// Back is for a clock of the tests' own: `faketime` moves the timers with it.
  case clockSetForward
  case rivalled, planReplaced

  /// How often it is tried.
  var times: UInt64 {
    switch self {
    case .killed, .interruptedTwice, .outOfMemory: 24
    case .terminated, .interrupted, .hungUp, .terminalClosed, .rivalled, .planReplaced: 16
    case .clockSetForward: 12
    case .frozen: 8
    }
  }

  /// Whether an activation may be left of which nobody knows whether it was sent: it is not
  /// repeated, and a person must see that host.
  var leavesDoubt: Bool {
    switch self {
    case .killed, .interruptedTwice, .outOfMemory: true
    case .frozen, .terminated, .interrupted, .hungUp, .terminalClosed, .clockSetForward,
      .rivalled, .planReplaced:
      false
    }
  }
}
