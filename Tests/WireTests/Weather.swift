import FrontDoor
import Synchronization
import VolumeActivation

/// What goes wrong on the wire, which may change while a door is open; nothing at first.
final class Weather: Sendable {
  private let faults = Mutex<WireFaults?>(nil)

  func turn(_ faults: WireFaults) {
    self.faults.withLock { $0 = faults }
  }

  func draw(_ host: HostName, _ ordinal: Int) -> WireFault? {
    faults.withLock { $0 }?.draw(host, ordinal)
  }
}
