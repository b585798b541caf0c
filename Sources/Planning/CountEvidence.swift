import VolumeActivation

/// What a reading of a KMS host's count is worth by now.
///
/// Only what cannot have been in the reading already is added to it; a host that was changed
/// before the reading adds nothing, whatever else we know of it, since its own service may have
/// asked in between.
///
/// Source: ENGINE.md, section 1.3, and PLANNING.md, sections 1.6 and 2.4.
package struct CountEvidence: Hashable, Sendable {
  /// The count as it was read.
  package var reading: Int
  /// Hosts that raise the count, were unchanged at the reading and have had a definite answer since.
  package var answeredSince: Int
  /// KMS clients of this host that have renewed in this run.
  package var renewed: Int
  package var memory: KMSMemorySize

  package init(reading: Int, answeredSince: Int = 0, renewed: Int = 0, memory: KMSMemorySize) {
    self.reading = reading
    self.answeredSince = answeredSince
    self.renewed = renewed
    self.memory = memory
  }
}

extension CountEvidence {
  /// What the count is at least.
  ///
  /// Renewals never add to a reading: those who renewed may have been in it.
  package var atLeast: Int {
    max(min(reading + answeredSince, memory.capacity), min(renewed, memory.capacity))
  }
}

/// How much a KMS host remembers, as far as it can be told from outside.
///
/// Nothing in WMI says whether it holds 10 or 50.
package enum KMSMemorySize: Hashable, Sendable {
  /// Twice the servers' threshold, until a client asks.
  case small(serverThreshold: Int)
  /// Twice the clients' threshold.
  case large(clientThreshold: Int)

  package var capacity: Int {
    switch self {
    case .small(let threshold), .large(let threshold): 2 * threshold
    }
  }

  package var isSmall: Bool {
    switch self {
    case .small: true
    case .large: false
    }
  }
}

extension KMSMemorySize {
  /// Small unless something proves that a client has asked since the last restart.
  ///
  /// - `highest`: The highest count read since the last restart.
  /// - `sawClientRequest`: Whether an event 12290 shows a request for the clients' threshold since
  ///   then; nil when the log cannot be read.
  /// - `clientCounted`: Whether a client was counted in this run since then.
  package init(
    highest: Int, sawClientRequest: Bool?, clientCounted: Bool,
    serverThreshold: Int = ProductKind.server.threshold,
    clientThreshold: Int = ProductKind.client.threshold
  ) {
    let proved = clientCounted || sawClientRequest == true || highest > 2 * serverThreshold
    self =
      proved ? .large(clientThreshold: clientThreshold) : .small(serverThreshold: serverThreshold)
  }
}

/// What the difference between two readings of one KMS host's count means.
package enum CountChange: Hashable, Sendable {
  /// As high as before, or higher.
  case kept
  /// Fallen, as far as records that nobody renews may age out.
  case aged(by: Int)
  /// Fallen further than ageing explains, or the machine says so: everyone already counted is asked
  /// again, which is free, before another host is changed.
  case restarted
}

extension CountChange {
  /// Judges a fall by how likely ageing alone is to have caused it.
  ///
  /// - `loose`: Records in the earlier count that cannot be tied to a machine known to be alive.
  /// - `hours`: The time between the readings.
  /// - `rebooted`: Whether the machine was started between them.
  /// - `doubt`: Ageing that is less likely than this explains nothing.
  package init(
    from earlier: Int, to later: Int, loose: Int, hours: Double, rebooted: Bool,
    doubt: Double = 0.001
  ) {
    let fall = earlier - later
    if rebooted {
      self = .restarted
    } else if fall <= 0 {
      self = .kept
    } else if fall <= loose,
      Ageing(records: loose, hours: hours).chance(atLeast: fall) >= doubt
    {
      self = .aged(by: fall)
    } else {
      self = .restarted
    }
  }
}
