import Curl
import VolumeActivation
import WSManSession

/// The hosts that there are connections to: a bounded number of them, none idle for long.
actor HostPool {
  private let transfers = Transfers()
  private let access: HostAccess
  /// How many connections are kept while nobody uses them.
  private let limit: Int
  /// How long a connection is kept while nobody uses it; hosts end theirs after some minutes.
  private let patience: Duration
  private var hosts: [HostName: Entry] = [:]
  private var nextSweep = ContinuousClock.now

  private struct Entry {
    var host: WindowsHost
    var users = 0
    var lastUse: ContinuousClock.Instant
  }

  init(_ access: HostAccess, limit: Int, patience: Duration) {
    self.access = access
    self.limit = limit
    self.patience = patience
  }

  /// Lends a host out; it is to be given back.
  func borrow(_ name: HostName) -> WindowsHost {
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

  func giveBack(_ name: HostName) async {
    let now = ContinuousClock.now
    hosts[name]?.users -= 1
    hosts[name]?.lastUse = now
    guard now >= nextSweep || hosts.count > limit else { return }
    nextSweep = now + patience / 4
    await sweep(at: now)
  }

  /// Closes what was idle for long and, of the rest, what was used longest ago, down to the limit.
  private func sweep(at now: ContinuousClock.Instant) async {
    let idle = hosts.filter { $0.value.users == 0 }.sorted { $0.value.lastUse < $1.value.lastUse }
    let surplus = hosts.count - limit
    let closing = idle.enumerated().filter { place, entry in
      place < surplus || now - entry.value.lastUse >= patience
    }.map(\.element)
    for (name, _) in closing { hosts[name] = nil }
    for (_, entry) in closing { await entry.host.close() }
  }
}
