package import Engine
import Planning
import VolumeActivation

extension StoredEvent {
  /// Writes an event down; common events cost no encoder.
  package init(_ event: Event, sequence: Int64, epoch: UInt32) {
    self.init(sequence: sequence, epoch: epoch, at: event.at, kind: .finished)
    switch event.what {
    case .started(let number): note(.started, code: Int64(number))
    case .looked(let host, let look): note(.looked, host, detail: look.json)
    case .unread(let host, let silence): note(.unread, host, detail: silence.json)
    case .answered(let host, let number, let outcome):
      note(.answered, host, detail: nil)
      attempt = number
      switch outcome {
      case .done: break
      case .refused(let result): code = Int64(result.rawValue)
      case .silent(let silence): detail = silence.json
      }
    case .read(let kmsHost, let reading):
      note(.read, code: Int64(kmsHost.rawValue), detail: jsonText(StoredReading(reading)))
    case .notRead(let kmsHost, let silence):
      note(.notRead, code: Int64(kmsHost.rawValue), detail: silence.json)
    case .commanded(let command): note(.commanded, detail: jsonText(StoredCommand(command)))
    case .clockJumped(let span): note(.clockJumped, code: span.rawValue)
    case .window(let open, let until):
      note(.window, code: until.rawValue, detail: open ? #""open""# : #""closed""#)
    case .intended(let host, let intended, let number):
      note(.intended, host, detail: nil)
      step = intended
      attempt = number
    case .turned(let host, let reason): note(.turned, host, detail: reason.json)
    case .resumed(let host): note(.resumed, host, detail: nil)
    case .unreadable(let host): note(.unreadable, host, detail: nil)
    case .gaveUp(let host): note(.gaveUp, host, detail: nil)
    case .waveOpened(let wave): note(.waveOpened, code: Int64(wave.rawValue))
    case .waveSoaked(let wave): note(.waveSoaked, code: Int64(wave.rawValue))
    case .waveClosed(let wave): note(.waveClosed, code: Int64(wave.rawValue))
    case .held(let hold):
      note(.held, code: Int64(hold.id.rawValue), detail: jsonText(StoredHold(hold)))
    case .released(let hold): note(.released, code: Int64(hold.rawValue))
    case .finished: break
    }
  }

  private mutating func note(_ kind: Kind, _ host: HostID, detail: String?) {
    self.kind = kind
    self.host = host
    self.detail = detail
  }

  private mutating func note(_ kind: Kind, code: Int64? = nil, detail: String? = nil) {
    self.kind = kind
    self.code = code
    self.detail = detail
  }
}

extension Silence {
  /// Its word on disk.
  var word: String {
    switch self {
    case .unreachable: "unreachable"
    case .authentication: "authentication"
    case .lost: "lost"
    }
  }

  fileprivate var json: String {
    switch self {
    case .unreachable: #""unreachable""#
    case .authentication: #""authentication""#
    case .lost: #""lost""#
    }
  }
}

extension BackReason {
  /// Its word on disk.
  package var word: String {
    switch self {
    case .rescue: "rescue"
    case .ordered: "ordered"
    case .undo: "undo"
    }
  }

  fileprivate var json: String { "\"\(word)\"" }
}

extension InstalledKey {
  /// Its word on disk.
  var word: String {
    switch self {
    case .original: "original"
    case .target: "target"
    case .other: "other"
    }
  }
}

extension Look {
  /// The look as JSON; what is false, empty or zero is left out.
  ///
  /// A third of all events are looks, and an encoder would cost more than the write.
  fileprivate var json: String {
    var text = #"{"key":""#
    text.reserveCapacity(144)
    text += key.word
    text += #"","booted":"#
    text += String(bootedAt.rawValue)
    if licensed { text += #","licensed":true"# }
    if pointsAtKMSHost { text += #","points":true"# }
    if settingsAsBefore { text += #","settings":true"# }
    if sameMachine { text += #","same":true"# }
    if confirmationFits { text += #","confirmation":true"# }
    if !addOnsAsBefore { text += #","addOnsLost":true"# }
    if graceMinutes != 0 { text += #","grace":"# + String(graceMinutes) }
    if !obstacles.isEmpty { text += #","obstacles":"# + String(obstacles.rawValue) }
    if machine != 0 { text += #","machine":"# + String(machine) }
    if skewMinutes != 0 { text += #","skew":"# + String(skewMinutes) }
    text += "}"
    return text
  }
}
