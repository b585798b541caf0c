import Engine
package import Execution
package import Foundation
package import Planning
package import SQLiteJournal
import VolumeActivation

/// A run's journal, read beside the process that writes it.
package struct RunView {
  package let plan: Plan
  package let files: RunFiles

  package init(folder: URL, plan name: String = "plan.jsonl") throws {
    let path = folder.appending(path: name).path
    plan = try PlanDocument.read([UInt8](try Data(contentsOf: URL(filePath: path))), file: path)
    files = RunFiles(plan: path)
  }

  /// Whether this many events are durable; false also while there is no journal yet.
  package func hasEvent(_ sequence: Int64) async -> Bool {
    guard let journal = try? JournalReader(files: files, plan: plan.digest),
      let events = try? journal.events(after: sequence - 1, limit: 1)
    else { return false }
    return !events.isEmpty
  }

  /// What is durable now; nil while there is no journal yet.
  package func contents() async -> JournalContents? {
    try? JournalReader(files: files, plan: plan.digest).load()
  }

  /// The hosts by name that are exposed now.
  package func exposed() async -> [String] {
    guard let contents = await contents() else { return [] }
    return zip(plan.hosts, contents.hosts).filter { $1.isExposed }.map { $0.0.name.rawValue }
  }
}

extension MusterProcess.Running {
  /// Looks again and again until something is true; false when the process ended before.
  ///
  /// The pause between two looks only spares the processor: nothing depends on its length.
  package func runs(until condition: () async -> Bool) async throws -> Bool {
    while isRunning {
      if await condition() { return true }
      try await Task.sleep(for: .milliseconds(2))
    }
    return false
  }
}
