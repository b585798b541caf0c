import Dispatch
import Synchronization

/// Makes the pieces of something on several threads, and hands them on in their order.
///
/// Makers are used again, so that only a few pieces are in memory at a time. What a piece is does
/// not depend on how many threads there are.
package final class Assembly<Maker: Sendable>: Sendable {
  private let count: Int
  private let workers: Int
  private let make: @Sendable (inout Maker, _ piece: Int) -> Void
  private let benches: [Bench]
  private let isStopped = Atomic(false)

  /// A maker with the piece that it made last; only one thread works at it.
  private final class Bench: Sendable {
    let maker: Mutex<Maker>
    /// Up when nobody wants its piece any more.
    let cleared = DispatchSemaphore(value: 0)
    /// Up when its piece is made.
    let filled = DispatchSemaphore(value: 0)

    init(_ maker: Maker) {
      self.maker = Mutex(maker)
      cleared.signal()
    }
  }

  /// - Parameters:
  ///   - count: How many pieces there are.
  ///   - maker: What each of the makers begins as.
  ///   - workers: How many threads make pieces.
  ///   - make: Makes one piece, counted from 0.
  package init(
    of count: Int, by maker: Maker, workers: Int,
    make: @escaping @Sendable (inout Maker, _ piece: Int) -> Void
  ) {
    self.count = count
    self.workers = max(1, workers)
    self.make = make
    benches = (0..<3 * self.workers).map { _ in Bench(maker) }
  }

  /// Makes all pieces and lends each one's maker to `body`, on the caller's thread and in order.
  ///
  /// What `body` throws ends the making.
  package func take(_ body: (Maker) throws -> Void) rethrows {
    let threads = DispatchGroup()
    for worker in 0..<workers {
      // A queue of its own has a thread of its own: all of them are needed for the order.
      DispatchQueue(label: "assembly.\(worker)").async(group: threads) { self.work(worker) }
    }
    defer {
      isStopped.store(true, ordering: .relaxed)
      for bench in benches { bench.cleared.signal() }
      threads.wait()
    }
    for piece in 0..<count {
      let bench = benches[piece % benches.count]
      bench.filled.wait()
      try body(bench.maker.withLock { $0 })
      bench.cleared.signal()
    }
  }

  /// Makes every piece whose turn is this worker's; there are three benches for each worker.
  private func work(_ worker: Int) {
    for piece in stride(from: worker, to: count, by: workers) {
      let bench = benches[piece % benches.count]
      bench.cleared.wait()
      if isStopped.load(ordering: .relaxed) { return }
      bench.maker.withLock { make(&$0, piece) }
      bench.filled.signal()
    }
  }
}
