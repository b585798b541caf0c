import FoundationEssentials
import Glibc

/// Where a journal was written: the machine, and the file on it.
///
/// A copy or a restored backup is another file, even under the same name; a rename is not.
struct MachineIdentity: Hashable, Sendable {
  var machine: String
  var file: String

  /// The identity of the file at `path` on this machine; nil when there is no such file.
  init?(file path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    file = String(facts.st_ino)
    machine = Self.thisMachine
  }

  /// `/etc/machine-id`, or the host's name where there is none.
  static let thisMachine: String = {
    if let bytes = FileManager.default.contents(atPath: "/etc/machine-id") {
      let text = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
      if !text.isEmpty { return String(text) }
    }
    return hostName
  }()

  /// What the machine calls itself.
  static let hostName: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()
}
