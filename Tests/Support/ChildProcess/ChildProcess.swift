import CSpawn
import Foundation

/// A program that this process started, in a process group of its own.
///
/// Foundation's `Process` reads past its buffer when it counts this process's descriptors
/// (swift-corelibs-foundation 5472, in Swift 6.3), which has crashed test runs with many connections.
package struct ChildProcess: Sendable {
  package struct Ending: Hashable, Sendable {
    /// The exit code, or the signal that ended it.
    package var code: Int32
    package var wasKilled: Bool
  }

  /// Of what it reads and writes, which the caller closes.
  package struct Streams {
    package var input: Int32
    package var output: Int32
    package var errors: Int32

    package init(input: Int32, output: Int32, errors: Int32) {
      self.input = input
      self.output = output
      self.errors = errors
    }
  }

  package struct NotStarted: Error {
    package var command: [String]
    package var reason: String
  }

  package let identifier: Int32

  /// Starts a command, whose first word is a path or is looked up in `PATH`.
  package init(
    _ command: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    folder: String? = nil, streams: Streams
  ) throws(NotStarted) {
    try self.init(command, environment) { arguments, variables in
      spawn_child(
        folder, arguments, variables, [streams.input, streams.output, streams.errors])
    }
  }

  /// Starts a command in a terminal, which takes all that it says.
  package init(
    _ command: [String], environment: [String: String], folder: String, terminal: Terminal
  ) throws(NotStarted) {
    try self.init(command, environment) { arguments, variables in
      spawn_in_terminal(folder, arguments, variables, terminal.path)
    }
  }

  private typealias Texts = [UnsafeMutablePointer<CChar>?]

  private init(
    _ command: [String], _ environment: [String: String], spawn: (Texts, Texts) -> pid_t
  ) throws(NotStarted) {
    let arguments = command.map { strdup($0) }
    let variables = environment.map { strdup("\($0)=\($1)") }
    defer { for text in arguments + variables { free(text) } }
    let child = spawn(arguments + [nil], variables + [nil])
    guard child > 0 else {
      throw NotStarted(command: command, reason: String(cString: strerror(-child)))
    }
    identifier = child
  }

  /// Waits for its end, which every child needs once: while one that ended is not waited for, tests of
  /// Swift Testing that are processes of their own do not end either.
  package func wait() -> Ending {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 { precondition(errno == EINTR, "waited for twice") }
    let signal = status & 0x7f
    return Ending(code: signal == 0 ? status >> 8 & 0xff : signal, wasKilled: signal != 0)
  }
}

extension ChildProcess {
  /// What a command said until its end.
  package struct Saying: Sendable {
    package var ending: Ending
    package var output: String
    package var errors: String
  }

  /// Runs a command to its end, which blocks the thread.
  package static func run(
    _ command: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    input: String = ""
  ) throws -> Saying {
    let streams = Streams(input: try file(), output: try file(), errors: try file())
    defer { for stream in [streams.input, streams.output, streams.errors] { close(stream) } }
    let reading = FileHandle(fileDescriptor: streams.input)
    try reading.write(contentsOf: Data(input.utf8))
    try reading.seek(toOffset: 0)
    let child = try ChildProcess(command, environment: environment, streams: streams)
    return Saying(
      ending: child.wait(), output: try text(of: streams.output),
      errors: try text(of: streams.errors))
  }

  private static func file() throws -> Int32 {
    let descriptor = open_nameless_file()
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EMFILE) }
    return descriptor
  }

  private static func text(of descriptor: Int32) throws -> String {
    let file = FileHandle(fileDescriptor: descriptor)
    try file.seek(toOffset: 0)
    return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
  }
}
