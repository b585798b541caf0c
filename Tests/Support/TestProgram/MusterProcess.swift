package import Foundation

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
    private let process: Process
    private let folder: URL
    private let name: String
    private let ended: Task<Void, Never>

    fileprivate init(_ process: Process, folder: URL, name: String, ended: Task<Void, Never>) {
      self.process = process
      self.folder = folder
      self.name = name
      self.ended = ended
    }

    package var processIdentifier: Int32 { process.processIdentifier }

    package var isRunning: Bool { process.isRunning }

    package func send(_ signal: Int32) {
      kill(process.processIdentifier, signal)
    }

    /// What it has said so far on standard error.
    package var messages: String { read("err") }

    package var output: String { read("out") }

    package func ending() async -> Ending {
      await ended.value
      return Ending(
        code: process.terminationStatus,
        wasKilled: process.terminationReason == .uncaughtSignal, output: read("out"),
        messages: read("err"))
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
    try await start(URL(filePath: "/usr/bin/env"), command).ending()
  }

  /// Starts a command; its standard input is no terminal.
  package func start(_ arguments: [String]) throws -> Running {
    try start(Self.program, arguments)
  }

  private func start(_ program: URL, _ arguments: [String]) throws -> Running {
    let name = "said-\(UUID().uuidString)"
    let said = FileManager.default.temporaryDirectory.appending(path: "muster-tests")
    try FileManager.default.createDirectory(at: said, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MUSTER_") }
    // No user file of whoever runs the tests takes part.
    inherited["HOME"] = folder.path
    inherited["XDG_CONFIG_HOME"] = nil
    process.environment = inherited.merging(environment) { _, new in new }
    let given = said.appending(path: "\(name).in")
    try Data(input.utf8).write(to: given)
    process.standardInput = try FileHandle(forReadingFrom: given)
    process.standardOutput = try writing(said.appending(path: "\(name).out"))
    process.standardError = try writing(said.appending(path: "\(name).err"))
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    let ended = Task { for await _ in stream {} }
    return Running(process, folder: said, name: name, ended: ended)
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
