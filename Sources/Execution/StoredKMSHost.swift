package import Engine
package import VolumeActivation

/// What is known of a KMS host, as journals keep it; the names of its properties are the names on
/// disk.
package struct StoredKMSHost: Hashable, Codable, Sendable {
  package var reading: StoredReading?
  package var read: Timestamp?
  package var readings: UInt32
  package var silences: Int
  package var silent: Timestamp?
  package var countedSince: Int
  package var known: Int
  package var largeMemory: Bool
  package var counted: Int
  package var failed: Int
  package var fell: UInt32
  package var refused: Timestamp?
  package var stirred: Timestamp?

  package init(_ knowledge: KMSKnowledge) {
    reading = knowledge.reading.map(StoredReading.init)
    read = knowledge.readAt
    readings = knowledge.readings
    silences = knowledge.silences
    silent = knowledge.silentAt
    countedSince = knowledge.countedSince
    known = knowledge.known
    largeMemory = knowledge.largeMemory
    counted = knowledge.counted
    failed = knowledge.failed
    fell = knowledge.fell
    refused = knowledge.refusedSince
    stirred = knowledge.stirredAt
  }

  package var knowledge: KMSKnowledge {
    var knowledge = KMSKnowledge()
    knowledge.reading = reading?.reading
    knowledge.readAt = read
    knowledge.readings = readings
    knowledge.silences = silences
    knowledge.silentAt = silent
    knowledge.countedSince = countedSince
    knowledge.known = known
    knowledge.largeMemory = largeMemory
    knowledge.counted = counted
    knowledge.failed = failed
    knowledge.fell = fell
    knowledge.refusedSince = refused
    knowledge.stirredAt = stirred
    return knowledge
  }
}

/// What a KMS host said of itself, as journals keep it; the names of its properties are the names
/// on disk.
package struct StoredReading: Hashable, Codable, Sendable {
  /// Missing when it is unknown.
  package var count: UInt16?
  package var clientRequest: Bool?
  package var booted: Timestamp
  /// Minutes; missing when there are none.
  package var skew: Int16?
  /// The bits of its faults; missing when it has none.
  package var faults: UInt8?
  /// Missing where nobody noted it.
  package var known: Int?

  package init(_ reading: KMSReading) {
    count = reading.count
    clientRequest = reading.sawClientRequest
    booted = reading.bootedAt
    skew = reading.skewMinutes == 0 ? nil : reading.skewMinutes
    faults = reading.faults.isEmpty ? nil : reading.faults.rawValue
    known = reading.known
  }

  package var reading: KMSReading {
    KMSReading(
      count: count, sawClientRequest: clientRequest, bootedAt: booted, skewMinutes: skew ?? 0,
      faults: KMSHostFaults(rawValue: faults ?? 0), known: known)
  }
}
