import Foundation
import Planning
import VolumeActivation

/// One key of `policy:`, which is also an environment variable and knows how to read its value.
enum PolicySetting: String, CaseIterable {
  case confidence, waves, maxExposed, failureBudget, soak, approve, waitingDeadline, onGuardTrip
  case window, stepOrder, concurrency, concurrencyPerSite, spares, freshness, quietTime, retries
  case askRetries, retryPause, settleLimit, guardGrace, operationTimeout, allowIrreversible
  case groupsMayMuster

  /// `MUSTER_MAX_EXPOSED` for `maxExposed`.
  var variable: String {
    var name = "MUSTER_"
    for character in rawValue {
      if character.isUppercase { name += "_" }
      name += character.uppercased()
    }
    return name
  }

  /// Reads the value into a policy.
  func apply(_ value: YAMLValue, to policy: inout Policy) throws(InputError) {
    switch self {
    case .confidence: policy.confidence = try value.confidence()
    case .waves: policy.waves = try value.waves()
    case .maxExposed: policy.maxExposed = try value.number(1...Int.max)
    case .failureBudget: policy.failureBudget = try value.allowance()
    case .soak: policy.soak = try value.duration()
    case .approve:
      policy.approve = try value.list().map { element throws(InputError) in
        try element.number(1...Int(UInt16.max))
      }
    case .waitingDeadline: policy.waitingDeadline = try value.duration()
    case .onGuardTrip: policy.onGuardTrip = try value.word()
    case .window: policy.window = value.isNull ? nil : try value.window()
    case .stepOrder: policy.stepOrder = try value.word()
    case .concurrency: policy.concurrency = try value.number(1...100_000)
    case .concurrencyPerSite: policy.concurrencyPerSite = try value.number(1...100_000)
    case .spares: policy.spares = try value.number(0...Int.max)
    case .freshness: policy.freshness = try value.duration()
    case .quietTime: policy.quietTime = try value.duration()
    case .retries: policy.retries = try value.number(0...100)
    case .askRetries: policy.askRetries = try value.number(0...100)
    case .retryPause: policy.retryPause = try value.duration()
    case .settleLimit: policy.settleLimit = try value.duration()
    case .guardGrace: policy.guardGrace = try value.duration()
    case .operationTimeout: policy.operationTimeout = try value.duration()
    case .allowIrreversible: policy.allowIrreversible = try value.hostNames()
    case .groupsMayMuster: policy.groupsMayMuster = try value.flag()
    }
  }
}

extension YAMLValue {
  fileprivate func confidence() throws(InputError) -> Double {
    let text = try text()
    guard let value = Double(text), value > 0.5, value < 1 else {
      throw mismatch("a probability between 0.5 and 1, such as 0.99")
    }
    return value
  }

  fileprivate func waves() throws(InputError) -> [WaveSize] {
    let sizes = try list().map { element throws(InputError) in try element.waveSize() }
    guard sizes.last == .rest, sizes.dropLast().allSatisfy({ $0 != .rest }) else {
      throw mismatch("a list that ends in rest, such as [1%, 10%, 50%, rest]")
    }
    return sizes
  }

  private func waveSize() throws(InputError) -> WaveSize {
    let text = try text()
    if text == "rest" { return .rest }
    if let count = Int(text), count > 0 { return .hosts(count) }
    if let share = Self.percentage(text), share > 0 { return .percent(share) }
    throw mismatch("a number of hosts, a percentage, or rest")
  }

  func allowance() throws(InputError) -> Allowance {
    let text = try text()
    if let count = Int(text), count >= 0 { return .hosts(count) }
    if let share = Self.percentage(text) { return .percent(share) }
    throw mismatch("a number of hosts or a percentage, such as 5%")
  }

  private static func percentage(_ text: String) -> Double? {
    guard text.last == "%", let share = Double(text.dropLast()), share >= 0, share <= 100 else {
      return nil
    }
    return share
  }

  /// `90s`, `30m`, `12h` or `2d`, also together: `1h30m`.
  func duration() throws(InputError) -> Milliseconds {
    let expected = "a duration such as 90s, 30m, 12h or 2d"
    var total = Milliseconds.zero
    var digits = ""
    for character in try text() where character != " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let count = Int64(digits), count < 1_000_000 else { throw mismatch(expected) }
      digits = ""
      switch character {
      case "s": total.rawValue += Milliseconds.seconds(count).rawValue
      case "m": total.rawValue += Milliseconds.minutes(count).rawValue
      case "h": total.rawValue += Milliseconds.hours(count).rawValue
      case "d": total.rawValue += Milliseconds.days(count).rawValue
      default: throw mismatch(expected)
      }
    }
    guard digits.isEmpty || (digits == "0" && total == .zero) else { throw mismatch(expected) }
    return total
  }

  /// One word of an enumeration.
  fileprivate func word<Word>() throws(InputError) -> Word
  where Word: RawRepresentable<String> & KnownWords {
    guard let word = Word(rawValue: try text()) else {
      throw mismatch(Word.known.map(\.rawValue).joined(separator: " or "))
    }
    return word
  }

  func flag() throws(InputError) -> Bool {
    switch try text() {
    case "true", "yes": true
    case "false", "no": false
    default: throw mismatch("true or false")
    }
  }

  /// `20:00-05:00 Europe/Berlin`; without a zone it is UTC.
  fileprivate func window() throws(InputError) -> MaintenanceWindow {
    let parts = try text().split(separator: " ", maxSplits: 1)
    let times = (parts.first ?? "").split(separator: "-")
    guard times.count == 2, let opens = Self.minutes(times[0]), let closes = Self.minutes(times[1]),
      opens != closes
    else { throw mismatch("a window such as “20:00-05:00 Europe/Berlin”") }
    let zone = parts.count == 2 ? String(parts[1]) : "UTC"
    guard TimeZone(identifier: zone) != nil else {
      throw error(
        "\(path) names a time zone that is not known here: \(InputQuote(zone))",
        remedy: "Write an IANA name such as Europe/Berlin, or none for UTC")
    }
    return MaintenanceWindow(opens: opens, closes: closes, timeZone: zone)
  }

  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0..<24).contains(hour), (0..<60).contains(minute), parts[1].count == 2
    else { return nil }
    return hour * 60 + minute
  }

  fileprivate func hostNames() throws(InputError) -> [HostName] {
    try list().map { element throws(InputError) in try element.hostName() }
  }

  private func hostName() throws(InputError) -> HostName {
    guard let name = HostName(try text()) else { throw mismatch("a host name") }
    return name
  }
}

/// An enumeration that can list its words for a message.
private protocol KnownWords {
  static var known: [Self] { get }
}

extension GuardTripResponse: KnownWords {
  fileprivate static var known: [Self] { [.hold, .rollback] }
}

extension StepOrder: KnownWords {
  fileprivate static var known: [Self] { [.pointFirst, .documented] }
}
