import Foundation

/// The engine half of the model of one host: its states, and what each input makes of them.
///
/// `Scripts/export-model` writes it.
struct ModelFixture {
  /// One engine state of the model.
  struct State: Hashable {
    var phase, step, wish: Substring
    var touched, tries, granted, spent: Int
    var reason: Substring
    /// Whether the quiet time is over.
    var quiet: Bool
    /// Whether the waiting deadline has passed.
    var overdue: Bool
    /// Where restoring the KMS settings leads.
    var ending: Substring
  }

  struct Transition: Hashable {
    var from, to: Int
    var input: Substring
  }

  struct Model {
    var name: Substring
    /// The size of the whole walk, worlds included.
    var worlds: Int
    var states: [State] = []
    var transitions: [Transition] = []
  }

  var models: [Model] = []

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/one-host.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch words[0] {
      case "model": models.append(Model(name: words[1], worlds: Int(words[2]) ?? 0))
      case "s": models[models.count - 1].states.append(State(Array(words.dropFirst())))
      case "t":
        models[models.count - 1].transitions.append(
          Transition(
            from: Int(words[1]) ?? 0, to: Int(words[2]) ?? 0,
            input: line.split(separator: " ", maxSplits: 3)[3]))
      default: continue
      }
    }
  }
}

extension ModelFixture.State {
  fileprivate init(_ words: [Substring]) {
    func text(_ index: Int) -> Substring { words[index] == "-" ? "" : words[index] }
    func number(_ index: Int) -> Int { Int(words[index]) ?? 0 }
    self.init(
      phase: text(0), step: text(1), wish: text(2), touched: number(3), tries: number(4),
      granted: number(5), spent: number(6), reason: text(7), quiet: number(8) == 1,
      overdue: number(10) == 1, ending: text(11))
  }
}
