import Execution
import FaultyDisk
import GRDB

/// A script performed on a disk, until a step fails for good.
struct DiskRun: Sendable {
  /// How many operations the disk had seen when each step was acknowledged.
  private(set) var acknowledged: [Int] = []
  /// What steps failed with, in their order.
  private(set) var errors: [any Error] = []

  init(_ script: DiskScript, on disk: FaultyDisk) async {
    let process = DiskProcess(script.recorded, in: disk.folder)
    for step in script.steps {
      do {
        try await perform(step, by: process)
        acknowledged.append(disk.count)
      } catch {
        break
      }
    }
    await process.end()
  }

  /// Performs a step, and again when there was no room for it.
  ///
  /// Throws what ends a process.
  private mutating func perform(_ step: DiskScript.Step, by process: DiskProcess) async throws {
    do {
      try await process.perform(step)
    } catch {
      errors.append(error)
      if case .moveLog = step { return }  // whoever tidies up beside a run ends alone
      guard case .commit = step, (error as? JournalError)?.failure == .full else { throw error }
      try await process.perform(step)
    }
  }

  /// How many steps were acknowledged when the disk had seen so many operations.
  func steps(at operations: Int) -> Int { acknowledged.count { $0 <= operations } }
}
