import Foundation

/// Work that would keep a thread of the concurrency pool from those whose answers somebody awaits.
package enum Background {
  /// Waits for something outside, a program for one.
  package static func wait<Value: Sendable>(
    for body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }

  /// Computes what takes seconds: one at a time, and behind all who have something else to do.
  package static func compute<Value: Sendable>(
    _ body: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        // On Linux this is of the calling thread alone.
        setpriority(Int32(PRIO_PROCESS.rawValue), 0, 10)
        let value = turn.withLock { body() }
        continuation.resume(returning: value)
      }
    }
  }

  private static let turn = NSLock()
}
