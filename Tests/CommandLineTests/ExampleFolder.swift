import Foundation
import SimulatedFleet
import TestProgram
import Testing

/// A copy of one of the repository's examples, with the made-up MAKs that belong to it.
struct ExampleFolder {
  let folder: URL
  let muster: MusterProcess

  init(_ example: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "muster-\(example)-\(UUID().uuidString)")
    let original = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../examples/\(example)").standardized
    try FileManager.default.copyItem(at: original, to: folder)
    var environment: [String: String] = [:]
    let keys = folder.appending(path: "made-up-maks.env")
    if FileManager.default.fileExists(atPath: keys.path) {
      for line in try String(contentsOf: keys, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: "=")
        guard words.count == 2, let name = words[0].split(separator: " ").last else { continue }
        environment[String(name)] = String(words[1])
      }
    }
    muster = MusterProcess(folder: folder, environment: environment)
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  /// What was done on the simulated fleet, oldest first.
  func ledger(_ fleet: String) throws -> [LedgerLine] {
    struct Missing: Error {}
    return try DurableFleet(path: folder.appending(path: fleet).path, speed: 600) {
      throw Missing()
    }.ledger()
  }
}
