import ChildProcess
import Foundation
import TestProgram

/// A file system of a process's own, seen by nobody else.
struct PrivateMounts {
  /// The words that start a shell in a mount namespace of its own; nil where that is not allowed.
  private static let prefix: [String]? = {
    let candidates = [["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]]
    return candidates.first { words in
      let probe = try? ChildProcess.run(words + ["sh", "-c", "mount -t tmpfs none /mnt"])
      return probe?.ending.code == 0
    }
  }()

  /// Whether this machine lets us mount anything, be it for ourselves alone.
  static var areAllowed: Bool { prefix != nil }

  /// The folder that the script may mount something on.
  var folder: URL

  /// What runs `script` as root of its own mounts; `$1` is the folder, `$2` the program.
  func command(_ script: String) -> [String] {
    (Self.prefix ?? []) + ["sh", "-euc", script, "sh", folder.path, MusterProcess.program.path]
  }
}
