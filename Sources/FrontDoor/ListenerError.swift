/// Why a door cannot be opened somewhere.
package enum ListenerError: Error, Hashable {
  /// A simulated fleet is nobody's business but this machine's.
  case notLoopback(String)
  /// The system gives a place to one program only, and ports below 1024 to few; with its reason.
  case refused(String, UInt16, String)
}

extension ListenerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notLoopback(let address):
      "a simulated fleet listens on the loopback only, and \(address) is elsewhere"
    case .refused(let address, let port, let reason):
      "nobody can listen on \(address):\(port): \(reason). Name another port; with port 0 the "
        + "system chooses one"
    }
  }
}
