import Synchronization

/// Runs tasks one job at a time on one thread, and lets a `VirtualClock` jump when none is left.
///
/// Give it to a task as its preferred executor; child tasks inherit it. Jobs run in the order in
/// which they became ready, so what a run does follows from its inputs alone.
package final class VirtualExecutor: TaskExecutor {
  private let jobs = Mutex<(queue: [UnownedJob], next: Int)>(([], 0))
  private let clock: VirtualClock

  package init(clock: VirtualClock) {
    self.clock = clock
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.queue.append(job) }
  }

  /// Runs `body` and everything it starts on this thread until it has ended.
  ///
  /// - Returns: What it returned; nil when it waits for something that no clock will bring.
  package func run<Result: Sendable>(
    _ body: @escaping @Sendable () async -> Result
  ) -> Result? {
    let box = ResultBox<Result>()
    Task(executorPreference: self) { box.put(await body()) }
    while true {
      if let result = box.get() { return result }
      if let job = nextJob() {
        job.runSynchronously(on: asUnownedTaskExecutor())
      } else if !clock.advance() {
        return nil
      }
    }
  }

  private func nextJob() -> UnownedJob? {
    jobs.withLock { state in
      guard state.next < state.queue.count else { return nil }
      let job = state.queue[state.next]
      state.next += 1
      if state.next > 1024, state.next * 2 > state.queue.count {
        state.queue.removeFirst(state.next)
        state.next = 0
      }
      return job
    }
  }
}

/// Holds the result of a task that one thread waits for.
private final class ResultBox<Result: Sendable>: Sendable {
  private let result = Mutex<Result?>(nil)

  func put(_ value: Result) {
    result.withLock { $0 = value }
  }

  func get() -> Result? {
    result.withLock { $0 }
  }
}
