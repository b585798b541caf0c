package import Execution
import FoundationEssentials
import Glibc
import Planning
import VolumeActivation

/// One run per plan: an open file description's lock, which dies with its last descriptor.
///
/// It is on a file of its own, since POSIX locks vanish when any descriptor of the file is closed,
/// and SQLite opens and closes. The descriptor closes on exec, so no child keeps the lock alive.
package struct RunLock: ~Copyable, Sendable {
  private let descriptor: Int32

  /// Takes the lock and writes the owner's name into the file.
  ///
  /// Throws `locked` with the name of whoever has it.
  package init(taking path: String, owner: RunOwner) throws(JournalError) {
    let descriptor = try OwnFile.open(path)
    var request = Self.wholeFile
    guard fcntl(descriptor, Self.setLock, &request) == 0 else {
      let code = errno
      let holder = Self.owner(in: descriptor)
      _ = Glibc.close(descriptor)
      guard code == EAGAIN || code == EACCES else {
        throw JournalError(.failed("cannot lock: \(systemText(code))"), file: path)
      }
      throw JournalError(.locked(owner: holder?.description ?? "an unnamed process"), file: path)
    }
    self.descriptor = descriptor
    Self.write(owner, to: descriptor)
  }

  deinit {
    _ = ftruncate(descriptor, 0)
    // A child that is just being started has a copy of the descriptor until it runs its program, and
    // the lock would last as long.
    var request = Self.wholeFile
    request.l_type = Int16(F_UNLCK)
    _ = fcntl(descriptor, Self.setLock, &request)
    _ = Glibc.close(descriptor)
  }

  /// Who has the lock now, without taking it; nil when it is free, however it was left.
  package static func holder(of path: String) -> RunOwner? {
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { _ = Glibc.close(descriptor) }
    var request = wholeFile
    guard fcntl(descriptor, getLock, &request) == 0, request.l_type != Int16(F_UNLCK) else {
      return nil
    }
    return owner(in: descriptor) ?? .unnamed
  }

  // <fcntl.h> defines both for _GNU_SOURCE only.
  private static let getLock: Int32 = 36  // F_OFD_GETLK
  private static let setLock: Int32 = 37  // F_OFD_SETLK

  private static var wholeFile: flock {
    flock(
      l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0,
      // An open file description has no process.
      l_pid: 0)
  }

  private static func write(_ owner: RunOwner, to descriptor: Int32) {
    // A name that cannot be written is missing in messages, no more.
    _ = ftruncate(descriptor, 0)
    _ = Array(jsonText(owner).utf8).withUnsafeBytes {
      pwrite(descriptor, $0.baseAddress, $0.count, 0)
    }
  }

  private static func owner(in descriptor: Int32) -> RunOwner? {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0,
      let owner = try? JSONDecoder().decode(RunOwner.self, from: Data(bytes.prefix(count))),
      // Whoever wrote it, it is going to be shown.
      !owner.description.contains(where: \.isControl)
    else { return nil }
    return owner
  }
}

extension RunOwner {
  /// A holder that wrote no name that can be read.
  fileprivate static let unnamed = RunOwner(
    machine: "this machine", process: 0, user: "an unknown user", version: "",
    since: .init(rawValue: 0))
}
