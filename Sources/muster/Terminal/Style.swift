import Foundation

/// Colours and weights of text, or none where they are not wanted.
struct Style: Sendable {
  var isPlain: Bool

  /// What suits a descriptor: `NO_COLOR`, `TERM=dumb` and anything but a terminal make it plain.
  init(for descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
    let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let dumb = environment["TERM"].map { $0 == "dumb" || $0.isEmpty } ?? true
    isPlain = refused || dumb || isatty(descriptor) == 0
  }

  static var output: Style { Style(for: STDOUT_FILENO) }
  static var messages: Style { Style(for: STDERR_FILENO) }

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func dim(_ text: String) -> String { wrapped(text, "2") }
  func good(_ text: String) -> String { wrapped(text, "32") }
  func warning(_ text: String) -> String { wrapped(text, "33") }
  func bad(_ text: String) -> String { wrapped(text, "31") }

  func toned(_ text: String, _ tone: Tone) -> String {
    switch tone {
    case .plain: text
    case .good: good(text)
    case .warning: warning(text)
    case .bad: bad(text)
    }
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    isPlain ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

/// How welcome a piece of news is.
enum Tone {
  case plain
  case good
  case warning
  case bad
}
