package import Planning
package import VolumeActivation

/// How hosts are reached.
package enum Transport: Hashable, Sendable {
  /// The configuration does not say: planning is all that can be done.
  case none
  /// Real hosts, over WS-Management.
  case winrm(WinRMTransport)
  case simulated(SimulatedTransport)
}

/// A simulated fleet in a file, which outlives the process that drives it.
package struct SimulatedTransport: Hashable, Sendable {
  /// The fleet's file; relative to the configuration.
  package var fleet = "muster.fleet"
  /// How many times faster than the machine's its clock runs.
  package var speed = 1.0
  /// Where chance comes from when the fleet is made.
  package var seed: UInt64 = 1
  /// What KMS hosts count in truth, where that is not what `kmsHosts` declares.
  package var counts: [KMSAddress: Int] = [:]
  /// The name of a fault profile.
  package var faults = "none"
  /// Where `faults` stands in the file, for messages.
  package var place: InputError.Place
}
