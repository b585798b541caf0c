import Glibc

/// What a program took from start to end.
struct Child {
  var elapsed: Duration
  /// Seconds of processor time, over all its threads.
  var processor: Double
  /// The most memory it had resident, in bytes.
  var peak: Int
  var status: Int32

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Runs a program to its end; its output goes to `/dev/null`, its messages to ours.
  ///
  /// - Parameter input: What it reads, a few hundred octets at most.
  init(running arguments: [String], input: String = "") throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    // A pipe holds more than is ever written, so nobody waits for a reader.
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    defer { close(ends[0]) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    _ = Array(input.utf8).withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let clock = ContinuousClock()
    let start = clock.now
    let code = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    guard code == 0 else {
      throw Failure(description: "cannot start \(arguments[0]): \(String(cString: strerror(code)))")
    }
    var usage = rusage()
    var status: Int32 = 0
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    elapsed = clock.now - start
    processor = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    peak = usage.ru_maxrss * 1024
    self.status = status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// Elapsed and processor seconds and peak memory, for a table.
  var summary: String {
    "\(elapsed.seconds.text(decimals: 2)) s (\(processor.text(decimals: 2)) s of processor),"
      + " \((Double(peak) / 0x1p20).text()) MiB"
  }
}
