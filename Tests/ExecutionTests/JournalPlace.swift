import Execution
import Foundation
import Planning
import SQLiteJournal
import SimulatedFleet
import Testing
import VolumeActivation

/// Every implementation of the port `Journal`.
enum JournalKind: CaseIterable, Sendable {
  case memory
  case sqlite
}

/// Where one journal lies, however often a process takes it up.
struct JournalPlace: Sendable {
  let plan: Plan
  private let kind: JournalKind
  private let memory: MemoryJournal
  private let folder: URL

  init(_ kind: JournalKind, plan: Plan) throws {
    self.kind = kind
    self.plan = plan
    memory = MemoryJournal(plan: plan)
    folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private var files: RunFiles { RunFiles(plan: folder.appending(path: "plan.jsonl").path) }

  /// Takes the journal up as a new process does.
  func open() throws -> any Journal {
    switch kind {
    case .memory: return memory
    case .sqlite:
      let now = RunFixture.start
      return try SQLiteJournal(
        files: files, plan: plan, owner: .current(version: "test", at: now), at: now)
    }
  }

  /// What became of the process that had it, for the next one.
  func close(_ journal: any Journal) async {
    await journal.close(.held)
    switch kind {
    case .memory: memory.reopen()
    case .sqlite: break
    }
  }

  /// Reads beside whoever has it.
  func reader() throws -> any JournalReading {
    switch kind {
    case .memory: memory
    case .sqlite: try JournalReader(files: files, plan: plan.digest)
    }
  }

  /// Makes every further commit of the process that has it fail.
  func spoil() throws {
    switch kind {
    case .memory: memory.fail(after: 0, with: .failed("spoilt"))
    case .sqlite: try SpoiltJournal.overtake(files.journal)
    }
  }
}
