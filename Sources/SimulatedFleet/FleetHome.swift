import Execution
import Synchronization
package import VolumeActivation

/// Where a simulated fleet lives: in this process, or in a file that outlives it.
package protocol FleetHome: Sendable {
  /// Brings the fleet to an instant and lends it to `body`; what `body` changed is kept before
  /// this returns.
  func use<Result>(
    at now: Timestamp, _ body: (inout SimulatedFleet) throws -> Result
  ) throws -> Result
}

/// A fleet that ends with its process.
package final class MemoryFleet: FleetHome {
  private let fleet: Mutex<SimulatedFleet>

  package init(_ fleet: SimulatedFleet) {
    self.fleet = Mutex(fleet)
  }

  package func use<Result>(
    at now: Timestamp, _ body: (inout SimulatedFleet) throws -> Result
  ) throws -> Result {
    var result: Swift.Result<Result, any Error>?
    fleet.withLock { fleet in
      fleet.advance(to: now)
      result = Swift.Result { try body(&fleet) }
    }
    guard let result else { preconditionFailure("the lock runs its body") }
    return try result.get()
  }
}
