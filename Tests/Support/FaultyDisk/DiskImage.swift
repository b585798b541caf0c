import Randomness

/// What a disk holds after some of its operations, and what may be left of it when the machine dies.
///
/// A sync makes all that was written to its file durable, and the names in the folder where SQLite
/// syncs that too. What was done since may be lost, kept or torn, each by itself.
package struct DiskImage: Sendable {
  /// A file's bytes, whatever it is called.
  private struct Body {
    var durable: [UInt8] = []
    var pending: [Change] = []
  }

  fileprivate enum Change {
    case write([UInt8], at: Int)
    case truncate(Int)
  }

  /// Which body a name means.
  private struct Name {
    /// What it means when the folder's changes are lost; nil is a file that is not there.
    var durable: Int?
    /// What it came to mean since.
    var pending: [Int?] = []

    var current: Int? { pending.isEmpty ? durable : pending[pending.count - 1] }
  }

  /// What the machine's death leaves of what was not synced.
  package enum Loss: Sendable {
    /// All of it: only the process died.
    case nothing
    case everything
    /// Each change is lost, kept or torn.
    case some(seed: UInt64)
  }

  private var bodies: [Body] = []
  private var names: [String: Name] = [:]
  /// Files whose next sync syncs the folder.
  private var syncingFolder: Set<String> = []

  package init() {}

  package mutating func apply(_ operation: DiskOperation) {
    let file = operation.file
    switch operation.kind {
    case .open:
      if names[file, default: Name()].current == nil {
        names[file, default: Name()].pending.append(bodies.count)
        bodies.append(Body())
      }
      if operation.syncsFolder { syncingFolder.insert(file) }
    case .write: change(file, .write(operation.bytes, at: operation.offset))
    case .truncate: change(file, .truncate(operation.offset))
    case .sync:
      if let body = names[file]?.current {
        bodies[body].durable = Self.bytes(of: bodies[body])
        bodies[body].pending = []
      }
      if syncingFolder.remove(file) != nil { syncFolder() }
    case .delete:
      names[file]?.pending.append(nil)
      if operation.syncsFolder { syncFolder() }
    case .lock, .sharedMemory, .sharedLock: break
    }
  }

  /// The files that are there afterwards, by name.
  ///
  /// - Parameter point: What tells this moment from others of the same seed.
  package func files(after loss: Loss, point: Int = 0) -> [String: [UInt8]] {
    switch loss {
    case .nothing:
      return names.compactMapValues { $0.current.map { Self.bytes(of: bodies[$0]) } }
    case .everything: return names.compactMapValues { $0.durable.map { bodies[$0].durable } }
    case .some(let seed):
      var random = SplitMix64(seed: seed << 32 | UInt64(point))
      var files: [String: [UInt8]] = [:]
      // In the order of their names, so that the seed replays it.
      for (file, name) in names.sorted(by: { $0.key < $1.key }) {
        let meant = ([name.durable] + name.pending).randomElement(using: &random) ?? nil
        if let meant { files[file] = Self.bytes(of: bodies[meant], losing: &random) }
      }
      return files
    }
  }

  private mutating func change(_ file: String, _ change: Change) {
    guard let body = names[file]?.current else { return }
    bodies[body].pending.append(change)
  }

  private mutating func syncFolder() {
    for file in names.keys {
      names[file] = Name(durable: names[file]?.current)
    }
  }

  private static func bytes(of body: Body) -> [UInt8] {
    body.pending.reduce(into: body.durable) { $1.apply(to: &$0) }
  }

  private static func bytes(of body: Body, losing random: inout SplitMix64) -> [UInt8] {
    var bytes = body.durable
    for change in body.pending {
      switch random.below(3) {
      case 0: break
      case 1: change.apply(to: &bytes)
      default: change.torn(&random).apply(to: &bytes)
      }
    }
    return bytes
  }
}

extension DiskImage.Change {
  func apply(to file: inout [UInt8]) {
    switch self {
    case .write(let bytes, let offset):
      // Nobody wrote what lies before: it reads as zeros.
      if file.count < offset + bytes.count {
        file += [UInt8](repeating: 0, count: offset + bytes.count - file.count)
      }
      file.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    case .truncate(let size):
      if file.count > size { file.removeLast(file.count - size) }
    }
  }

  /// A write of which an arbitrary beginning came to the disk; a truncation is whole or not at all.
  func torn(_ random: inout SplitMix64) -> Self {
    switch self {
    case .write(let bytes, let offset):
      .write(Array(bytes.prefix(Int(random.below(UInt64(bytes.count) + 1)))), at: offset)
    case .truncate: self
    }
  }
}
