import Curl
import VolumeActivation
import WSManSession

/// The hosts that there are connections to: those in use, and a bounded number of others.
actor HostPool {
  private let transfers: Transfers
  private let access: HostAccess
  /// How many connections are kept while nobody uses them.
  private let limit: Int
  private var hosts: [HostName: Entry] = [:]
  /// Hosts whose connection is being closed: two to one host would meet in libcurl's own pool.
  private var closing: [HostName: Task<Void, Never>] = [:]

  private struct Entry {
    var host: WindowsHost
    var users = 0
    var lastUse: ContinuousClock.Instant
  }

  /// - Parameter patience: How long a connection is kept while nobody uses it.
  init(_ access: HostAccess, limit: Int, patience: Duration) {
    self.access = access
    self.limit = limit
    transfers = Transfers(patience: patience)
  }

  /// Lends a host out; it is to be given back.
  func borrow(_ name: HostName) async -> WindowsHost {
    while let end = closing[name] { await end.value }
    let now = ContinuousClock.now
    var entry =
      hosts[name]
      ?? Entry(
        host: WindowsHost(
          name,
          Session(
            transfers, to: access.endpoint(name), authentication: access.authentication(name)),
          observe: access.observe),
        lastUse: now)
    entry.users += 1
    entry.lastUse = now
    hosts[name] = entry
    return entry.host
  }

  /// Takes a host back, and closes those that were idle longest where there are too many: an eighth
  /// at a time, so that they are seldom put in order.
  func giveBack(_ name: HostName) {
    hosts[name]?.users -= 1
    hosts[name]?.lastUse = .now
    guard hosts.count > limit else { return }
    let idle = hosts.filter { $0.value.users == 0 }.sorted { $0.value.lastUse < $1.value.lastUse }
    for (name, entry) in idle.prefix(hosts.count - limit + limit / 8) {
      hosts[name] = nil
      closing[name] = Task {
        await entry.host.close()
        closing[name] = nil
      }
    }
  }
}
