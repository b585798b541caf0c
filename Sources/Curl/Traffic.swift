import CCurl
import CEpoll

/// All transfers of an event loop, and libcurl's view of their sockets and its timer.
///
/// It belongs to the loop's thread.
final class Traffic {
  private let multi = MultiHandle()
  private let poller: Poller
  private var transfers: [TransferID: Transfer] = [:]
  /// Whose transfer a handle carries, by the handle's address.
  private var carried: [UInt: TransferID] = [:]
  /// When libcurl wants to be called without any socket's doing; nil is never.
  private var deadline: ContinuousClock.Instant?
  private var idle: IdleConnections

  /// How many kept connections libcurl remembers at most: a host's own is closed by its owner.
  private static let keptConnections = 1 << 20

  init(poller: Poller, patience: Duration) {
    self.poller = poller
    idle = IdleConnections(patience: patience)
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    multi.set(CURLMOPT_MAXCONNECTS, to: Self.keptConnections)
    multi.set(CURLMOPT_PIPELINING, to: Int(CURLPIPE_NOTHING))
    unsafe multi.set(CURLMOPT_SOCKETDATA, toContext: context)
    unsafe multi.set(CURLMOPT_TIMERDATA, toContext: context)
    unsafe multi.watchSockets { _, socket, what, context, _ in
      guard let context = unsafe context else { return 0 }
      let traffic = unsafe Unmanaged<Traffic>.fromOpaque(context).takeUnretainedValue()
      traffic.watch(socket, what)
      return 0
    }
    unsafe multi.watchTimer { _, milliseconds, context in
      guard let context = unsafe context else { return 0 }
      let traffic = unsafe Unmanaged<Traffic>.fromOpaque(context).takeUnretainedValue()
      traffic.deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
      return 0
    }
  }

  private func watch(_ socket: curl_socket_t, _ what: Int32) {
    if what == CURL_POLL_REMOVE {
      poller.forget(socket)
    } else {
      poller.watch(socket, reads: what & CURL_POLL_IN != 0, writes: what & CURL_POLL_OUT != 0)
    }
  }

  // MARK: Transfers

  func begin(_ transfer: Transfer, _ id: TransferID) {
    transfers[id] = transfer
    carried[transfer.connection.easy.address] = id
    multi.add(transfer.connection.easy)
  }

  func cancel(_ id: TransferID) {
    end(id, .failure(.lost("the call was given up")))
  }

  /// Ends every transfer that is under way, with the loop.
  func end() {
    for id in Array(transfers.keys) { end(id, .failure(.lost("the program ends"))) }
  }

  private func end(_ id: TransferID, _ result: Result<HTTPReply, TransferError>) {
    guard let transfer = transfers.removeValue(forKey: id) else { return }
    carried[transfer.connection.easy.address] = nil
    multi.remove(transfer.connection.easy)
    idle.add(transfer.connection, at: .now)
    transfer.finish(result)
  }

  // MARK: The loop's turns

  /// How long the loop may wait, in milliseconds; −1 is for ever.
  var patience: Int32 {
    guard let deadline = [deadline, idle.deadline].compactMap(\.self).min() else { return -1 }
    let left = deadline - .now
    return left <= .zero ? 0 : Int32(clamping: Int(left / .milliseconds(1)) + 1)
  }

  func act(on found: [epoll_shim_ready]) {
    for socket in found {
      var events: Int32 = 0
      if socket.can_read { events |= CURL_CSELECT_IN }
      if socket.can_write { events |= CURL_CSELECT_OUT }
      if socket.has_failed { events |= CURL_CSELECT_ERR }
      multi.act(on: socket.socket, events)
    }
  }

  /// Lets libcurl do what is due, and tells whose transfer has ended.
  func settle() {
    if let due = deadline, due <= .now {
      multi.act(on: CURL_SOCKET_TIMEOUT, 0)
      // libcurl does not tell again of an instant that it has told of, though it is still to come.
      deadline = multi.timeout.map { .now + $0 }
    }
    while let (handle, code) = multi.finished() {
      guard let id = carried[handle], let transfer = transfers[id] else { continue }
      end(id, transfer.result(of: code))
    }
    idle.closeOverdue(at: .now)
  }
}
