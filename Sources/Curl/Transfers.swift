/// Sends requests by libcurl, on a thread of its own.
///
/// A request goes over the connection of its endpoint, one at a time; what was authenticated on a
/// connection holds as long as it does.
package actor Transfers {
  private nonisolated let loop: EventLoop
  private var connections: [ConnectionID: Connection] = [:]
  private var lastConnection: UInt64 = 0
  private nonisolated let lastTransfer = Counter()

  /// - Parameter patience: How long a connection is kept while nobody uses it; hosts end theirs
  ///   after some minutes.
  package init(patience: Duration = .seconds(60)) {
    loop = EventLoop(patience: patience)
    loop.start()
  }

  deinit { loop.stop() }

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.asUnownedSerialExecutor()
  }

  /// Begins to talk to an endpoint; nothing is sent yet.
  package func open(_ endpoint: Endpoint) -> ConnectionID {
    lastConnection += 1
    let id = ConnectionID(rawValue: lastConnection)
    connections[id] = Connection(endpoint)
    return id
  }

  /// Sends a request and waits for its whole reply; cancelling the task gives it up.
  ///
  /// A connection takes one request at a time.
  package func send(
    _ request: HTTPRequest, on id: ConnectionID
  ) async throws(TransferError) -> HTTPReply {
    let transfer = TransferID(rawValue: lastTransfer.next())
    let result: Result<HTTPReply, TransferError> = await withTaskCancellationHandler {
      // A closure that does not name the actor would run elsewhere, and libcurl has one thread.
      await withCheckedContinuation { continuation in
        self.begin(transfer, request, on: id) { continuation.resume(returning: $0) }
      }
    } onCancel: {
      loop.cancel(transfer)
    }
    return try result.get()
  }

  private func begin(
    _ transfer: TransferID, _ request: HTTPRequest, on id: ConnectionID,
    whenDone: @escaping (Result<HTTPReply, TransferError>) -> Void
  ) {
    if Task.isCancelled {
      whenDone(.failure(.unreachable("the call was given up")))
    } else if let connection = connections[id] {
      unsafe loop.traffic.begin(Transfer(request, on: connection, whenDone: whenDone), transfer)
    } else {
      whenDone(.failure(.connectionGone))
    }
  }

  /// Closes a connection.
  package func close(_ id: ConnectionID) {
    connections.removeValue(forKey: id)?.close()
  }
}

/// Identifies a connection of one `Transfers`; counts up from 1.
package struct ConnectionID: Hashable, Sendable {
  var rawValue: UInt64
}
