package import VolumeActivation

/// How carefully a run goes: what `policy:` in `muster.yaml` says, with DESIGN's defaults.
package struct Policy: Hashable, Codable, Sendable {
  /// The probability the guard asks for before a wave opens.
  package var confidence = 0.99
  /// The sizes of the rollout waves.
  package var waves: [WaveSize] = [.percent(1), .percent(10), .percent(50), .rest]
  /// How many hosts may be exposed at one time.
  package var maxExposed = 40
  /// How many hosts of a wave may fail before the run holds.
  package var failureBudget = Allowance.percent(5)
  /// How long a wave is watched after its last host before the next opens.
  package var soak = Milliseconds.minutes(30)
  /// Waves, counted from 1, that wait for a person.
  package var approve: [Int] = []
  /// How long a host may wait for the count before it is rescued.
  package var waitingDeadline = Milliseconds.hours(12)
  package var onGuardTrip = GuardTripResponse.hold
  /// When unchanged hosts may be begun; nil is always.
  package var window: MaintenanceWindow?
  package var stepOrder = StepOrder.pointFirst
  /// How many hosts are in flight at most.
  package var concurrency = 64
  /// How many hosts of one site are in flight at most; nil is no limit of its own.
  package var concurrencyPerSite: Int?
  /// How many activations are held beside a wave's peak.
  package var spares = 2
  /// How old a look may be when a host is changed on its strength.
  package var freshness = Milliseconds.minutes(15)
  /// How long after an unanswered operation a host is believed to be quiet.
  package var quietTime = Milliseconds.minutes(20)
  /// How often a step that was refused for the moment is tried again.
  package var retries = 3
  /// How often a changed host asks again when its KMS host does not answer, before it goes back.
  ///
  /// Going back costs an activation, and asking nothing. With the usual pauses 8 is two hours.
  package var askRetries = 8
  /// The pause before the first retry; it doubles each time.
  package var retryPause = Milliseconds.seconds(30)
  /// How long a host that cannot be read is looked for before it rests as unsettled.
  package var settleLimit = Milliseconds.hours(4)
  /// How long the guard must refuse before `onGuardTrip: rollback` acts.
  package var guardGrace = Milliseconds.hours(1)
  /// How long one call may take.
  package var operationTimeout = Milliseconds.minutes(5)
  /// Hosts that may be changed without a way back, and then only after the threshold.
  package var allowIrreversible: [HostName] = []
  /// Whether domain controllers, cluster nodes and other grouped hosts may be in a muster wave.
  package var groupsMayMuster = false

  package init() {}

  /// What is kept of slots and activations beside an order's peak.
  ///
  /// Whoever brings the count to the threshold relieves those who wait, and is exposed with them until
  /// its answer comes; so one is kept even where no spares are wanted.
  package var reserve: Int { max(1, spares) }
}

/// The size of a rollout wave.
package enum WaveSize: Hashable, Sendable {
  case percent(Double)
  case hosts(Int)
  /// Everybody who is left.
  case rest
}

/// A number of hosts, or a share of a wave that is rounded down.
package enum Allowance: Hashable, Sendable {
  case percent(Double)
  case hosts(Int)

  /// The number it comes to for `size` hosts.
  package func count(of size: Int) -> Int {
    switch self {
    case .percent(let share): Int((Double(size) * share / 100).rounded(.down))
    case .hosts(let count): count
    }
  }
}

package enum GuardTripResponse: String, Hashable, Codable, Sendable {
  case hold
  case rollback
}

/// In which order a host is changed.
package enum StepOrder: String, Hashable, Codable, Sendable {
  /// `skms`, `ipk`, `ato`: a host is never exposed while it points nowhere.
  case pointFirst
  /// slmgr's usual `ipk`, `skms`, `ato`.
  case documented
}

/// The hours in which unchanged hosts may be begun, every day, in one time zone.
package struct MaintenanceWindow: Hashable, Codable, Sendable {
  /// Minutes after midnight, local time.
  package var opens: Int
  /// Minutes after midnight; before `opens` when the window passes midnight.
  package var closes: Int
  /// An IANA name such as `Europe/Berlin`.
  package var timeZone: String

  package init(opens: Int, closes: Int, timeZone: String) {
    self.opens = opens
    self.closes = closes
    self.timeZone = timeZone
  }
}

extension WaveSize: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .hosts(count)
      return
    }
    let text = try container.decode(String.self)
    if text == "rest" {
      self = .rest
    } else if text.last == "%", let share = Double(text.dropLast()), share > 0, share <= 100 {
      self = .percent(share)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a wave is a number, a percentage, or rest")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .percent(let share): try container.encode(percentText(share))
    case .hosts(let count): try container.encode(count)
    case .rest: try container.encode("rest")
    }
  }
}

extension Allowance: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .hosts(count)
      return
    }
    let text = try container.decode(String.self)
    guard text.last == "%", let share = Double(text.dropLast()), share >= 0, share <= 100 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a budget is a number of hosts or a percentage")
    }
    self = .percent(share)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .percent(let share): try container.encode(percentText(share))
    case .hosts(let count): try container.encode(count)
    }
  }
}

/// `5%` rather than `5.0%`.
private func percentText(_ share: Double) -> String {
  share == share.rounded() ? "\(Int(share))%" : "\(share)%"
}
