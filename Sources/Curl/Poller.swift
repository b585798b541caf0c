import CEpoll
import Glibc

/// Waits on sockets, and on a word from other threads, by epoll.
struct Poller: Sendable {
  private let epoll: Int32
  private let bell: Int32

  init() {
    epoll = epoll_shim_create()
    bell = epoll_shim_bell()
    precondition(epoll >= 0 && bell >= 0, "no file descriptor is left for the event loop")
    watch(bell, reads: true, writes: false)
  }

  func close() {
    _ = Glibc.close(bell)
    _ = Glibc.close(epoll)
  }

  /// Watches a socket, or changes what it is watched for.
  func watch(_ socket: Int32, reads: Bool, writes: Bool) {
    epoll_shim_watch(epoll, socket, reads, writes)
  }

  func forget(_ socket: Int32) { epoll_shim_forget(epoll, socket) }

  /// Ends a wait, from any thread.
  func wake() { epoll_shim_ring(bell) }

  /// Waits until something happens to a socket, the time is over, or somebody wakes it.
  ///
  /// - Parameter milliseconds: At most so long; −1 waits for ever.
  /// - Parameter found: What happened; as many at a time as one wait tells.
  func wait(_ milliseconds: Int32, into found: inout [epoll_shim_ready]) {
    found = Array(repeating: epoll_shim_ready(), count: epoll_shim_room)
    let count = unsafe found.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return 0 }
      return Int(unsafe epoll_shim_wait(epoll, milliseconds, first))
    }
    found.removeLast(found.count - count)
    if let ringing = found.firstIndex(where: { $0.socket == bell }) {
      epoll_shim_silence(bell)
      found.remove(at: ringing)
    }
  }
}
