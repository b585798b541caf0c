import FrontDoor

/// Every place where a served fleet listens.
struct DoorListeners {
  var all: [FrontDoor.Listener] = []
  var directory = HostDirectory()

  /// How a listener is told of: `http 127.0.0.1:5985`, with the host's name where it has the address
  /// to itself.
  func line(_ listener: FrontDoor.Listener, _ port: UInt16) -> String {
    let scheme = listener.tls == nil ? "http" : "https"
    let host = directory.addresses[listener.address].map { " \($0)" } ?? ""
    return "\(scheme) \(listener.address):\(port)\(host)"
  }
}
