import CFaultyVFS
import Foundation
import Synchronization

/// A folder whose databases lie on a disk that fails when it is told to, and remembers in what order
/// everything was done to them.
///
/// It works below SQLite's own file system: who opens a database in the folder notices nothing of it.
package final class FaultyDisk: Sendable {
  private struct State {
    var log: [DiskOperation] = []
    var fault: DiskFault?
    var room: Int?
  }

  /// Where its files lie; it has no symbolic link in it.
  package let folder: String
  private let state: Mutex<State>

  /// Makes a folder with these files and watches it until `remove()`.
  package init(_ files: [String: [UInt8]] = [:], fault: DiskFault? = nil) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "disk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, bytes) in files { try Data(bytes).write(to: url.appending(path: name)) }
    folder = url.resolvingSymlinksInPath().path
    state = Mutex(State(fault: fault))
    FaultyVFS.watch(self)
  }

  /// What was done so far; the place of an operation is its number.
  package var log: [DiskOperation] { state.withLock { $0.log } }

  /// How many operations there were.
  package var count: Int { state.withLock { $0.log.count } }

  /// Bytes that may still be written; nil is as many as come.
  package var room: Int? {
    get { state.withLock { $0.room } }
    set { state.withLock { $0.room = newValue } }
  }

  /// From now on it works like any disk, but that a sync costs nothing.
  package func mend() {
    state.withLock {
      $0.fault = nil
      $0.room = nil
    }
  }

  /// Forgets the folder and removes it; nothing in it may be open.
  package func remove() {
    FaultyVFS.forget(self)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Notes an operation and says how it ends.
  func judge(_ operation: faulty_operation, of file: String) -> faulty_verdict {
    let noted = DiskOperation(operation, file: file)
    return state.withLock { state in
      let number = state.log.count
      if let fault = state.fault, fault.kind == .dead, number >= fault.number { return .failed }
      guard let noted else { return .done }
      state.log.append(noted)
      if let fault = state.fault, fault.number == number {
        switch fault.kind {
        case .once: return .failed
        case .torn: return faulty_verdict(ending: FAULTY_FAILED, written: operation.count / 2)
        case .full: return .noRoom
        case .dead: preconditionFailure("a dead disk notes nothing")
        }
      }
      guard let room = state.room, noted.kind == .write else { return .done }
      guard room >= noted.bytes.count else { return .noRoom }
      state.room = room - noted.bytes.count
      return .done
    }
  }
}

extension faulty_verdict {
  static var done: Self { Self(ending: FAULTY_DONE, written: 0) }
  static var failed: Self { Self(ending: FAULTY_FAILED, written: 0) }
  static var noRoom: Self { Self(ending: FAULTY_NO_ROOM, written: 0) }
}
