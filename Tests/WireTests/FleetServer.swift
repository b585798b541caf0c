import Foundation
import TestProgram
import Testing

/// `muster fleet serve` in a process of its own.
struct FleetServer {
  private let running: MusterProcess.Running
  /// What it said of where it listens, line by line.
  let listeners: [Substring]

  /// Starts it and waits until it says that it listens everywhere.
  init(_ muster: MusterProcess, _ arguments: [String]) async throws {
    let running = try muster.start(["fleet", "serve", "inventory.csv"] + arguments)
    let listens = try await running.runs(until: { running.messages.contains("Ctrl-C ends it.") })
    guard listens else {
      let ending = await running.ending()
      throw Failure(code: ending.code, said: ending.everything)
    }
    self.running = running
    listeners = running.output.split(separator: "\n")
  }

  struct Failure: Error {
    var code: Int32
    var said: String
  }

  /// The port of its first listener.
  func port() throws -> UInt16 {
    let first = try #require(listeners.first)
    let match = try #require(first.firstMatch(of: /:(\d+)/))
    return try #require(UInt16(match.output.1))
  }

  /// Ends it as the system would.
  func end() async -> MusterProcess.Ending {
    running.send(SIGTERM)
    return await running.ending()
  }
}
