import CEpoll
import Glibc
import Synchronization

/// The thread that libcurl lives on: it runs the jobs of one actor and, between them, what happens
/// on the sockets.
final class EventLoop: SerialExecutor {
  /// What libcurl does.
  ///
  /// Only this loop's thread touches it; the actor's jobs run on that thread.
  nonisolated(unsafe) let traffic: Traffic
  private let poller: Poller
  private let inbox = Mutex(Inbox())

  private struct Inbox {
    var jobs: [UnownedJob] = []
    var cancelled: [TransferID] = []
    var isStopped = false

    var isEmpty: Bool { jobs.isEmpty && cancelled.isEmpty && !isStopped }
  }

  /// - Parameter patience: How long a connection is kept while nobody uses it.
  init(patience: Duration) {
    poller = Poller()
    unsafe traffic = Traffic(poller: poller, patience: patience)
  }

  /// Begins the thread, which keeps the loop alive until it is stopped.
  func start() {
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    precondition(failure == 0, "no thread can be had for the event loop")
    pthread_detach(thread)
  }

  /// Ends the thread once the jobs that are there have run.
  func stop() { post { $0.isStopped = true } }

  /// Gives a transfer up, from any thread.
  func cancel(_ transfer: TransferID) { post { $0.cancelled.append(transfer) } }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    post { $0.jobs.append(job) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }

  private func post(_ change: (inout sending Inbox) -> Void) {
    let wasEmpty = inbox.withLock { inbox in
      let wasEmpty = inbox.isEmpty
      change(&inbox)
      return wasEmpty
    }
    if wasEmpty { poller.wake() }
  }

  private func run() {
    let executor = unsafe asUnownedSerialExecutor()
    let traffic = unsafe traffic
    var found: [epoll_shim_ready] = []
    while true {
      let work = inbox.withLock { inbox in
        let work = inbox
        inbox = Inbox()
        return work
      }
      for transfer in work.cancelled { traffic.cancel(transfer) }
      for job in work.jobs { unsafe job.runSynchronously(on: executor) }
      traffic.settle()
      if work.isStopped { break }
      poller.wait(traffic.patience, into: &found)
      traffic.act(on: found)
    }
    traffic.end()
    poller.close()
  }
}
