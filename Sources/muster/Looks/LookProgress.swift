import Foundation

/// How far a look at many hosts has come, on standard error: one line that is written over on a
/// terminal, and elsewhere a line now and then.
struct LookProgress {
  private let total: Int
  private var looked: Int
  /// Those that could not be read when they were last asked.
  private var unread: Set<Int> = []
  private let rewrites: Bool
  private let write: (String) -> Void

  /// - Parameter done: How many were looked at before.
  init(
    of total: Int, done: Int = 0, rewrites: Bool = Self.isTerminal,
    write: @escaping (String) -> Void = Console.saySome
  ) {
    self.total = total
    looked = done
    self.rewrites = rewrites
    self.write = write
  }

  private static var isTerminal: Bool {
    isatty(STDERR_FILENO) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Counts a host, once however often it is asked.
  mutating func count(_ place: Int, isRead: Bool) {
    let isNew = isRead ? unread.remove(place) == nil : unread.insert(place).inserted
    if isNew { looked += 1 }
    if rewrites {
      write("\r\(text)\u{1B}[K")
    } else if isNew, looked.isMultiple(of: Self.step(of: total)), looked < total {
      write(text + "\n")
    }
  }

  /// Says that so many hosts did not answer.
  func askAgain(_ count: Int) {
    end()
    write("\(counted(count, "host")) did not answer and will be asked again.\n")
  }

  /// Takes the line away that was written over.
  func end() {
    if rewrites { write("\r\u{1B}[K") }
  }

  private var text: String {
    let failed = unread.isEmpty ? "" : ", \(unread.count) could not be read"
    return "\(looked) of \(counted(total, "host")) looked at\(failed)"
  }

  /// A tenth of the work, and no fewer than a hundred hosts.
  private static func step(of total: Int) -> Int { max(100, total / 10) }
}
