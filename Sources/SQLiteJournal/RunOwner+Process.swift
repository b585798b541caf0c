package import Execution
import Glibc
package import VolumeActivation

extension RunOwner {
  /// This process.
  package static func current(version: String, at now: Timestamp) -> RunOwner {
    RunOwner(
      machine: MachineIdentity.hostName, process: getpid(), user: userName, version: version,
      since: now)
  }

  private static var userName: String {
    guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else {
      return "user \(geteuid())"
    }
    return String(cString: name)
  }
}
