package import Engine

extension Step {
  /// Its word on disk and in `--json`.
  package var word: String {
    switch self {
    case .skms: "skms"
    case .ipk: "ipk"
    case .ato: "ato"
    case .ipkMAK: "ipk-mak"
    case .cid: "cid"
    case .atoMAK: "ato-mak"
    case .rkms: "rkms"
    }
  }

  /// The step with this word; nil when there is none.
  package init?(word: String) {
    guard let step = Step.allCases.first(where: { $0.word == word }) else { return nil }
    self = step
  }
}

extension Phase {
  /// Its word on disk and in `--json`, without the step that it is about.
  package var word: String {
    switch self {
    case .planned: "planned"
    case .ready: "ready"
    case .underWay: "under-way"
    case .unknown: "unknown"
    case .retrying: "retrying"
    case .waiting: "waiting"
    case .check: "check"
    case .licensed: "licensed"
    case .restored: "restored"
    case .failed: "failed"
    case .skipped: "skipped"
    case .drifted: "drifted"
    case .stranded: "stranded"
    case .unsettled: "unsettled"
    }
  }

  /// Every phase's word, in the order of a host's way.
  package static let words = [
    "planned", "ready", "under-way", "unknown", "retrying", "waiting", "check", "licensed",
    "restored", "failed", "skipped", "drifted", "stranded", "unsettled",
  ]

  /// The phase with this word, about this step; nil when there is none.
  package init?(word: String, step: Step?) {
    switch (word, step) {
    case ("planned", nil): self = .planned
    case ("ready", let step?): self = .ready(step)
    case ("under-way", let step?): self = .underWay(step)
    case ("unknown", let step?): self = .unknown(step)
    case ("retrying", let step?): self = .retrying(step)
    case ("waiting", nil): self = .waiting
    case ("check", nil): self = .check
    case ("licensed", nil): self = .licensed
    case ("restored", nil): self = .restored
    case ("failed", nil): self = .failed
    case ("skipped", nil): self = .skipped
    case ("drifted", nil): self = .drifted
    case ("stranded", nil): self = .stranded
    case ("unsettled", let step): self = .unsettled(step)
    default: return nil
    }
  }
}

extension Wish {
  /// Its word on disk; nil for none.
  package var word: String? {
    switch self {
    case .none: nil
    case .skip: "skip"
    case .back: "back"
    }
  }

  /// The wish with this word; no word is no wish.
  package init?(word: String?) {
    switch word {
    case nil: self = .none
    case "skip": self = .skip
    case "back": self = .back
    default: return nil
    }
  }
}

extension Ending {
  /// Its word on disk.
  package var word: String {
    switch self {
    case .restored: "restored"
    case .failed: "failed"
    case .skipped: "skipped"
    }
  }

  /// The ending with this word; nil when there is none.
  package init?(word: String) {
    guard let ending = [Ending.restored, .failed, .skipped].first(where: { $0.word == word })
    else { return nil }
    self = ending
  }
}

extension BackReason {
  /// The reason with this word; nil when there is none.
  package init?(word: String) {
    guard let reason = [BackReason.rescue, .ordered, .undo].first(where: { $0.word == word })
    else { return nil }
    self = reason
  }
}
