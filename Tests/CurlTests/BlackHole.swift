import Glibc

/// A port that a connection to never comes about: its queue is full, and nobody empties it.
struct BlackHole: ~Copyable {
  let port: UInt16
  private let sockets: [Int32]

  struct Failure: Error {
    var code = errno
  }

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    guard Self.use(&address, { bind(listener, $0, $1) }) == 0, listen(listener, 0) == 0 else {
      throw Failure()
    }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    guard Self.use(&address, { address, _ in getsockname(listener, address, &length) }) == 0 else {
      throw Failure()
    }
    port = UInt16(bigEndian: address.sin_port)
    var sockets = [listener]
    for _ in 0..<4 {
      let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
      let socket = Glibc.socket(AF_INET, kind, 0)
      _ = Self.use(&address) { connect(socket, $0, $1) }
      sockets.append(socket)
    }
    self.sockets = sockets
  }

  deinit { for socket in sockets { close(socket) } }

  private static func use(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
