import Glibc

/// A port that nobody can connect to, and that nobody else gets as long as this lives.
struct DeadPort: ~Copyable {
  let port: UInt16
  private let sockets: [Int32]

  enum Manner {
    /// Nobody listens.
    case closed
    /// The queue is full, and nobody empties it.
    case blackHole
  }

  struct Failure: Error {
    var code = errno
  }

  init(_ manner: Manner) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    guard Self.use(&address, { bind(listener, $0, $1) }) == 0 else { throw Failure() }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    guard Self.use(&address, { address, _ in getsockname(listener, address, &length) }) == 0 else {
      throw Failure()
    }
    let others =
      switch manner {
      case .closed: [Int32]()
      case .blackHole: try Self.fill(listener, at: &address)
      }
    port = UInt16(bigEndian: address.sin_port)
    sockets = [listener] + others
  }

  /// Lets it listen, and takes every place in its queue.
  private static func fill(_ listener: Int32, at address: inout sockaddr_in) throws -> [Int32] {
    guard listen(listener, 0) == 0 else { throw Failure() }
    return (0..<4).map { _ in
      let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
      let socket = Glibc.socket(AF_INET, kind, 0)
      _ = use(&address) { connect(socket, $0, $1) }
      return socket
    }
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
