import Glibc

/// A command of the shell whose output begins with a secret.
struct SecretCommand {
  var line: String
  /// What the command is told of its surroundings.
  var environment: [String: String]

  enum Failure: Error {
    case notStarted
    /// As `wait` has it.
    case ended(status: Int32)
  }

  private static let limit = 4096

  /// Runs it to its end.
  ///
  /// - Returns: The beginning of what it wrote on standard output, `limit` octets at most.
  func output() throws(Failure) -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .notStarted }
    let (reading, writing) = (ends[0], ends[1])
    let process = start(writing: writing, besides: reading)
    _ = close(writing)
    defer { _ = close(reading) }
    guard let process else { throw .notStarted }
    let output = Self.beginning(of: reading)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
    guard status == 0 else { throw .ended(status: status) }
    return output
  }

  private func start(writing: Int32, besides reading: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, writing, STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, writing)
    posix_spawn_file_actions_addclose(&actions, reading)
    let arguments = Self.copies(of: ["sh", "-c", line])
    let variables = Self.copies(of: environment.map { "\($0)=\($1)" })
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(
      &process, "/bin/sh", &actions, nil, arguments + [nil], variables + [nil])
    return code == 0 ? process : nil
  }

  private static func copies(of texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { text in strdup(text) }
  }

  /// Reads to the end, so that the command can finish, and keeps the beginning.
  private static func beginning(of descriptor: Int32) -> [UInt8] {
    var kept: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: limit)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return kept }
      kept += bytes.prefix(min(count, limit - kept.count))
    }
  }
}
