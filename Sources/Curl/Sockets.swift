import Glibc

/// The sockets of one connection that are open.
///
/// libcurl closes them when it likes, also after the connection's handle is gone: each open one
/// keeps this object alive. A number that was closed belongs to somebody else.
final class Sockets {
  private var descriptors: Set<Int32> = []

  func open(_ socket: Int32) {
    descriptors.insert(socket)
    _ = unsafe Unmanaged.passRetained(self)
  }

  /// The object's owner for this socket is who calls it.
  func close(_ socket: Int32) -> Int32 {
    descriptors.remove(socket)
    return Glibc.close(socket)
  }

  func shutDown() {
    for socket in descriptors { _ = shutdown(socket, Int32(SHUT_RDWR)) }
  }
}
