import Configuration
import Execution
import Foundation
import Planning
import VolumeActivation

/// Reads a list of hosts into an inventory, and goes on where an earlier scan was cut off.
struct Scan {
  var list: HostList
  var parts: WorldParts
  /// Where the inventory goes; nil is standard output, and then nothing is kept of a scan that is
  /// cut off.
  var output: String?
  /// Whether what the inventory has is kept, and only who is missing in it is read.
  var onlyUnread = false

  /// How long ago a host may have been read by a scan that was cut off.
  static let freshness = Milliseconds.hours(24)

  /// Reads, writes the inventory, and gives the hosts that could not be read.
  func run() async throws -> UnreadHosts {
    guard let output else {
      let rows = try await rows(keeping: [:], knowing: [:]) { _ in }
      Console.write(bytes: Array(Self.text(rows).utf8))
      return unread(in: rows)
    }
    let kept = onlyUnread ? try ScanRow.inventory(output) : [:]
    let partial = try PartialInventory(of: output)
    let rows = try await rows(keeping: kept, knowing: partial.found) { try partial.append($0) }
    try FileBytes.write(output) { send in try send(Array(Self.text(rows).utf8)) }
    partial.remove()
    return unread(in: rows)
  }

  /// One row for each host, in the order of the list.
  ///
  /// - Parameters:
  ///   - old: What is kept however old it is.
  ///   - found: What a scan found that was cut off.
  private func rows(
    keeping old: [HostName: ScanRow], knowing found: [HostName: ScanRow],
    keep: (ScanRow) throws -> Void
  ) async throws -> [ScanRow] {
    let now = parts.clock.now()
    var rows = list.hosts.map { host in
      found[host.name].flatMap { $0.isOf(host, at: now) ? $0 : nil }
        ?? old[host.name].flatMap { $0.site == host.site && $0.seen != nil ? $0 : nil }
    }
    let places = rows.indices.filter { rows[$0] == nil }
    if places.count < rows.count {
      Console.say(
        "Going on from an earlier scan: \(counted(rows.count - places.count, "host")) of "
          + "\(rows.count) had been read.")
    }
    var progress = LookProgress(of: rows.count, done: rows.count - places.count)
    defer { progress.end() }
    try await Sweep(client: parts.client, width: parts.configuration.concurrency)
      .look(at: places.map { list.hosts[$0].name }) { number, sight in
        let place = places[number]
        let row = await ScanRow.row(list.hosts[place], sight, at: parts.clock.now())
        try keep(row)
        rows[place] = row
        progress.count(place, isRead: row.seen != nil)
      } willAskAgain: {
        progress.askAgain($0)
      }
    return rows.compactMap(\.self)
  }

  private static func text(_ rows: [ScanRow]) -> String {
    ([ScanRow.header] + rows.map(\.line)).joined(separator: "\n") + "\n"
  }

  private func unread(in rows: [ScanRow]) -> UnreadHosts {
    var unread = UnreadHosts()
    for row in rows where row.seen == nil { unread.add(row.name, row.scanError) }
    return unread
  }
}

extension ScanRow {
  /// Whether it says of a host of the list, not too long ago, what it is.
  fileprivate func isOf(_ host: HostList.Entry, at now: Timestamp) -> Bool {
    guard site == host.site, let seen else { return false }
    // A row from the future was written by another clock.
    return seen <= now + .minutes(1) && now - seen < Scan.freshness
  }
}
