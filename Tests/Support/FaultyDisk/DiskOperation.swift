import CFaultyVFS

/// One thing that SQLite asked of a file, in the order of a disk's life.
package struct DiskOperation: Sendable {
  package enum Kind: CaseIterable, Sendable {
    case open
    case write
    case truncate
    case sync
    case delete
    case lock
    case sharedMemory
    case sharedLock
  }

  package let kind: Kind
  /// The file's name in the disk's folder.
  let file: String
  /// Where a write begins; the size that a truncated file shall have.
  let offset: Int
  /// What a write writes.
  let bytes: [UInt8]
  /// Whether the next sync of an opened file, or this deletion, makes the folder durable too.
  let syncsFolder: Bool

  /// Nil for a read, which changes nothing and has no number.
  init?(_ operation: faulty_operation, file: String) {
    switch operation.kind {
    case FAULTY_OPEN: kind = .open
    case FAULTY_WRITE: kind = .write
    case FAULTY_TRUNCATE: kind = .truncate
    case FAULTY_SYNC: kind = .sync
    case FAULTY_DELETE: kind = .delete
    case FAULTY_LOCK: kind = .lock
    case FAULTY_SHM_MAP: kind = .sharedMemory
    case FAULTY_SHM_LOCK: kind = .sharedLock
    default: return nil
    }
    self.file = file
    offset = Int(operation.offset)
    bytes = Array(UnsafeBufferPointer(start: operation.bytes, count: Int(operation.count)))
    syncsFolder = operation.syncs_folder
  }
}

extension DiskOperation {
  /// Whether a disk may hold something else afterwards.
  package var changesDisk: Bool {
    switch kind {
    case .open, .write, .truncate, .sync, .delete: true
    case .lock, .sharedMemory, .sharedLock: false
    }
  }
}
