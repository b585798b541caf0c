import Dispatch
import Foundation
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP as they come: the first asks for an orderly end, the second for one
/// at once.
enum Interruptions {
  /// Keeps a source alive; it is never touched again, so it may cross threads.
  private struct Source: @unchecked Sendable {
    let source: any DispatchSourceSignal
  }

  private static let listening = Mutex<[Source]>([])

  /// How often the process was asked to end, from 1 up; the stream never ends by itself.
  ///
  /// From here on the signals no longer kill the process, and a reader of standard output that goes
  /// away does not either, nor does a limit on the size of files: that is a full disk like any other.
  static func counted() -> AsyncStream<Int> {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    // One serial queue for all three signals makes the count safe.
    let queue = DispatchQueue(label: "muster.signals")
    nonisolated(unsafe) var count = 0
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        count += 1
        continuation.yield(count)
      }
      source.activate()
      return source
    }
    // Sources live as long as the process: a signal after the end of the stream must not kill it.
    listening.withLock { $0 += sources.map(Source.init) }
    return stream
  }
}

extension Interruptions {
  /// Performs `body`, which the first Ctrl-C cancels; a second one ends the process at once.
  ///
  /// - Throws: `Interrupted` after the first.
  static func cancelling<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let stops = counted()
    return try await withThrowingTaskGroup(of: Result.self) { group in
      group.addTask { try await body() }
      group.addTask {
        for await _ in stops { break }
        guard !Task.isCancelled else { throw CancellationError() }
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
        throw Interrupted()
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() else { throw CancellationError() }
      return result
    }
  }

  /// A person, or the system, wanted the command to end.
  struct Interrupted: Error {}
}
