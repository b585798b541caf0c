import Dispatch

/// The thread that a journal blocks while the disk works, so that nobody else waits with it.
///
/// Nothing on it can be cancelled: a commit that has begun ends.
final class JournalQueue: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
