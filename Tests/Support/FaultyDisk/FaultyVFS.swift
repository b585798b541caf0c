import CFaultyVFS
import Synchronization

/// The shim below SQLite, which is there for the whole process once a disk was made, and the disks
/// that it works for by their folders.
enum FaultyVFS {
  private static let disks = Mutex<[String: FaultyDisk]>([:])
  /// Puts the shim in front of SQLite's own file system, once.
  private static let installation: Int32 = faulty_vfs_install(
    { path in path.flatMap(FaultyVFS.find) != nil },
    { operation in
      guard let operation = operation?.pointee, let (disk, file) = FaultyVFS.find(operation.path)
      else { return .done }
      return disk.judge(operation, of: file)
    })

  static func watch(_ disk: FaultyDisk) {
    precondition(installation == 0, "SQLite takes no other file system")
    disks.withLock { $0[disk.folder] = disk }
  }

  static func forget(_ disk: FaultyDisk) {
    disks.withLock { $0[disk.folder] = nil }
  }

  /// The disk that a file lies on, and its name there.
  private static func find(_ path: UnsafePointer<CChar>) -> (FaultyDisk, String)? {
    let path = String(cString: path)
    guard let slash = path.lastIndex(of: "/") else { return nil }
    let folder = String(path[..<slash])
    return disks.withLock { $0[folder] }.map { ($0, String(path[path.index(after: slash)...])) }
  }
}
