import CSpawn
import Foundation

/// A terminal that nobody sees, for one program.
package final class Terminal: Sendable {
  package struct NotOpened: Error {
    package var reason: String
  }

  /// What programs open.
  let path: String
  private let screen: FileHandle

  package init() throws(NotOpened) {
    var bytes = [CChar](repeating: 0, count: 64)
    let descriptor = open_terminal(&bytes, bytes.count)
    guard descriptor >= 0 else { throw NotOpened(reason: String(cString: strerror(errno))) }
    path = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    screen = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// What was written there and not read yet; whoever writes waits for it when that is some KiB.
  package func read() -> String {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(screen.fileDescriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  /// Takes it away, as closing its window does: its program hears SIGHUP.
  package func close() throws { try screen.close() }
}
