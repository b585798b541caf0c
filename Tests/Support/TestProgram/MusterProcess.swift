package import ChildProcess
package import Foundation
import Synchronization

/// The real program, run in a folder of its own.
package struct MusterProcess: Sendable {
  /// Where the tests' own program lies: the build puts both side by side.
  package static let program: URL = {
    var folder = Bundle.main.bundleURL
    if folder.pathExtension == "xctest" { folder.deleteLastPathComponent() }
    return folder.appending(path: "muster")
  }()

  /// How a process ended, and what it said.
  package struct Ending: Sendable {
    package var code: Int32
    /// Whether a signal ended it; `code` is the signal then.
    package var wasKilled: Bool
    package var output: String
    package var messages: String

    /// Both streams, to search for what must stand in neither.
    package var everything: String { output + messages }
  }

  /// A process that is still running.
  package final class Running: Sendable {
    private let process: ChildProcess
    private let folder: URL
    private let name: String
    private let hasEnded = Mutex(false)
    private let ended: Task<ChildProcess.Ending, Never>

    fileprivate init(_ process: ChildProcess, folder: URL, name: String) {
      self.process = process
      self.folder = folder
      self.name = name
      let (endings, continuation) = AsyncStream.makeStream(of: ChildProcess.Ending.self)
      ended = Task {
        for await ending in endings { return ending }
        fatalError("a process did not end")
      }
      Thread.detachNewThread { [self] in
        let ending = process.wait()
        hasEnded.withLock { $0 = true }
        continuation.yield(ending)
      }
    }

    package var processIdentifier: Int32 { process.identifier }

    package var isRunning: Bool { !hasEnded.withLock { $0 } }

    package func send(_ signal: Int32) {
      kill(process.identifier, signal)
    }

    /// What it has said so far on standard error.
    package var messages: String { read("err") }

    package var output: String { read("out") }

    package func ending() async -> Ending {
      let ending = await ended.value
      return Ending(
        code: ending.code, wasKilled: ending.wasKilled, output: read("out"), messages: read("err"))
    }

    private func read(_ suffix: String) -> String {
      let data = FileManager.default.contents(
        atPath: folder.appending(path: "\(name).\(suffix)").path)
      return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  package var folder: URL
  package var environment: [String: String]
  /// What stands on its standard input.
  package var input = ""

  package init(folder: URL, environment: [String: String] = [:]) {
    self.folder = folder
    self.environment = environment
  }

  /// Runs a command to its end.
  package func run(_ arguments: [String]) async throws -> Ending {
    try await start(arguments).ending()
  }

  package func run(_ arguments: String...) async throws -> Ending {
    try await run(arguments)
  }

  /// Runs another program in its place and surroundings to its end.
  package func run(command: [String]) async throws -> Ending {
    try await start(command: command).ending()
  }

  /// Starts a command; its standard input is no terminal.
  ///
  /// - Parameter wrapper: The beginning of a command line that ends by becoming the program.
  package func start(_ arguments: [String], through wrapper: [String] = []) throws -> Running {
    try start(command: wrapper + [Self.program.path] + arguments)
  }

  /// Starts a command in a terminal, where all that it says is to be read.
  package func start(_ arguments: [String], in terminal: Terminal) throws -> Running {
    let (said, name) = try record()
    let process = try ChildProcess(
      [Self.program.path] + arguments, environment: surroundings, folder: folder.path,
      terminal: terminal)
    return Running(process, folder: said, name: name)
  }

  private func start(command: [String]) throws -> Running {
    let (said, name) = try record()
    let given = said.appending(path: "\(name).in")
    try Data(input.utf8).write(to: given)
    let reading = try FileHandle(forReadingFrom: given)
    let output = try writing(said.appending(path: "\(name).out"))
    let errors = try writing(said.appending(path: "\(name).err"))
    let process = try ChildProcess(
      command, environment: surroundings, folder: folder.path,
      streams: .init(
        input: reading.fileDescriptor, output: output.fileDescriptor,
        errors: errors.fileDescriptor))
    return Running(process, folder: said, name: name)
  }

  /// Where what a process says is kept, and how the names of its files begin.
  private func record() throws -> (folder: URL, name: String) {
    let said = FileManager.default.temporaryDirectory.appending(path: "muster-tests")
    try FileManager.default.createDirectory(at: said, withIntermediateDirectories: true)
    return (said, "said-\(UUID().uuidString)")
  }

  private var surroundings: [String: String] {
    var inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MUSTER_") }
    // No user file of whoever runs the tests takes part.
    inherited["HOME"] = folder.path
    inherited["XDG_CONFIG_HOME"] = nil
    return inherited.merging(environment) { _, new in new }
  }

  private func writing(_ file: URL) throws -> FileHandle {
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
}

extension String {
  /// The text in one line, however it was broken.
  package var words: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
