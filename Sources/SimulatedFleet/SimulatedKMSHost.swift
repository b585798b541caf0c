package import VolumeActivation

/// A KMS host as far as its clients notice: a counter with a rule, and a machine it runs on.
///
/// It is no server and speaks no protocol; the rule is `KMSHostMemory`.
package struct SimulatedKMSHost: Hashable, Codable, Sendable {
  package var memory = KMSHostMemory<ClientMachineID>()
  package var isKMSHost: Bool
  package var isLicensed: Bool
  package var bootedAt: Timestamp
  /// It cannot be reached before this instant.
  package var silentUntil = Timestamp(rawValue: 0)
  package var skew = Milliseconds.zero
  /// Requests since it was made a KMS host; a restart does not reset it.
  package var totalRequests = 0
  /// How often its count was read, and how often it restarted.
  package var readings: UInt32 = 0
  package var restarts: UInt32 = 0
  /// When it restarts next; `.never` when it does not.
  package var nextRestart = Timestamp.never
  /// Machines that are not of this fleet: each renews every seven days.
  package var foreigners: [Foreigner] = []

  /// A machine of somebody else that this KMS host serves.
  package struct Foreigner: Hashable, Codable, Sendable {
    package var machine: ClientMachineID
    package var renewsAt: Timestamp
  }

  /// Takes a request and tells the count it is answered with.
  mutating func request(
    _ machine: ClientMachineID, threshold: Int, at now: Timestamp
  ) -> Int {
    totalRequests += 1
    return memory.request(machine, threshold: threshold, at: now)
  }

  /// The collection starts again.
  mutating func restart(at now: Timestamp, silentFor pause: Milliseconds) {
    memory.restart()
    bootedAt = now
    silentUntil = now + pause
    restarts += 1
  }
}
