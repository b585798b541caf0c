import Engine
import Execution
import Planning
import Synchronization

/// Prints a run's progress on standard error while it goes on.
final class ProgressReporter: Sendable {
  private let lines: Mutex<ProgressLines>

  init(plan: Plan, hosts: [HostRun]) {
    lines = Mutex(ProgressLines(plan: plan, hosts: hosts, style: .messages))
  }

  /// Hears what has become durable; what befell hosts is told with the next flush.
  func hear(_ notice: RunNotice) {
    lines.withLock { lines in
      for line in lines.lines(for: notice) { Console.say(line) }
    }
  }

  func flush() {
    lines.withLock { lines in
      for line in lines.flush() { Console.say(line) }
    }
  }

  /// Performs `body`, and meanwhile tells once a second what befell hosts.
  func during<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    defer { flush() }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        while !Task.isCancelled {
          try? await Task.sleep(for: .seconds(1))
          self.flush()
        }
        return nil
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }
}
