import FoundationEssentials
import Glibc

/// What kind of file system a file lies on, as far as a journal cares.
package enum FileSystem {
  /// The type of the file system at `path` when it shares files between machines; nil when it is
  /// local, or cannot be told.
  ///
  /// SQLite's WAL needs memory that all processes share, and locks that hold; such file systems
  /// give neither.
  package static func sharedType(at path: String) -> String? {
    var facts = stat()
    guard stat(path, &facts) == 0,
      let mounts = FileManager.default.contents(atPath: "/proc/self/mountinfo")
    else { return nil }
    // Source: glibc's gnu_dev_major and gnu_dev_minor, which are not imported.
    let device = UInt64(facts.st_dev)
    let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
    let minor = device & 0xFF | (device >> 12) & ~0xFF
    return sharedType(
      device: "\(major):\(minor)", mounts: String(decoding: mounts, as: UTF8.self))
  }

  /// The same from the text of `/proc/self/mountinfo`; source: proc(5).
  package static func sharedType(device: String, mounts: String) -> String? {
    for line in mounts.split(separator: "\n") {
      // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw
      let fields = line.split(separator: " ")
      guard fields.count > 4, fields[2] == device,
        let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      let type = String(fields[dash + 1])
      return shared.contains(type) ? type : nil
    }
    return nil
  }

  private static let shared: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "gfs2", "ocfs2", "lustre",
    "glusterfs", "fuse.glusterfs", "fuse.sshfs",
  ]
}
