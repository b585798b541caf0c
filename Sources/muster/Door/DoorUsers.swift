import Configuration
import Foundation
import Negotiate
import Planning
import VolumeActivation

/// Who may log on to a served fleet, from the file that gss-ntlmssp reads too.
struct DoorUsers {
  /// By the name without its domain.
  var passwords: [UserName: Secret<String>] = [:]

  /// Reads `DOMAIN:user:password` lines.
  init(file: String) throws {
    try Self.checkAccess(to: file)
    let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, !parts[1].isEmpty, !parts[2].isEmpty else {
        // The line is not shown: there may be a password in it.
        throw InputError(
          .input, at: InputError.Place(file: file, line: number + 1), "this line names no user",
          remedy: "Write DOMAIN:user:password")
      }
      passwords[UserName(String(parts[1]))] = Secret(String(parts[2]))
    }
  }

  private static func checkAccess(to file: String) throws {
    var about = stat()
    guard stat(file, &about) == 0 else { return }
    let access = SecretsFileAccess(owner: about.st_uid, mode: about.st_mode)
    guard access.flaw(for: geteuid()) != nil else { return }
    throw InputError(
      .input, at: InputError.Place(file: file), "others can read or own this file of passwords",
      remedy: "Make it yours alone: chmod 600 \(file)")
  }
}
