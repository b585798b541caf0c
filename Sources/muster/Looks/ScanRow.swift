import Execution
import Foundation
import Planning
import VolumeActivation

/// What a scan has found out about one host, as a line of an inventory.
struct ScanRow {
  var name: HostName
  var site: String
  /// When it was read; nil when it could not be.
  var seen: Timestamp?
  /// The line, without its end.
  var line: String

  static let columns: [InventoryColumn] = [
    .name, .site, .editionId, .ntVersion, .build, .productType, .channel, .partialProductKey,
    .licenseStatus, .graceMinutes, .clientMachineId, .kmsHost, .activationType, .domain, .uuid,
    .installationId, .lastSeen, .tags, .scanError,
  ]

  static var header: String { columns.map(\.rawValue).joined(separator: ",") }

  private init(
    _ host: HostList.Entry, seen: Timestamp?, _ fields: [InventoryColumn: CSVField]
  ) {
    name = host.name
    site = host.site
    self.seen = seen
    var fields = fields
    fields[.name] = CSVField(host.name.rawValue)
    fields[.site] = CSVField(host.site)
    line = Self.columns.map { fields[$0]?.text ?? "" }.joined(separator: ",")
  }

  /// A host that was read.
  private init(_ host: HostList.Entry, _ state: HostState, at now: Timestamp) {
    let kmsHost =
      (state.productKMSSetting ?? state.kmsSetting).address
      ?? state.lastKMSHost.map { KMSAddress(name: $0) }
    let type: ProductType =
      switch state.kind {
      case .client: .workstation
      case .server: state.isDomainController ? .domainController : .server
      }
    self.init(
      host, seen: now,
      [
        .editionId: CSVField(from: state.edition.rawValue),
        .ntVersion: CSVField("\(state.version)"), .build: CSVField("\(state.build)"),
        .productType: CSVField("\(type.rawValue)"), .channel: CSVField(state.channel.rawValue),
        .partialProductKey: CSVField(state.partialKey?.rawValue ?? ""),
        .licenseStatus: CSVField("\(state.status.rawValue)"),
        .graceMinutes: CSVField("\(state.graceMinutes)"),
        .clientMachineId: CSVField(state.clientMachineID?.description ?? ""),
        .kmsHost: CSVField(from: kmsHost?.description ?? ""),
        .activationType: CSVField("\(state.activationType)"),
        .domain: CSVField(from: Self.domain(of: state.computerName)),
        // Firmware may say "Not Settable"; a good many hosts have no installation ID of use.
        .uuid: CSVField(state.uuid.flatMap { ClientMachineID($0) }?.description ?? ""),
        .installationId: CSVField(Self.digits(state.installationID)),
        .lastSeen: CSVField(Date8601(now).description),
        .tags: CSVField(Self.tags(host.name, state)),
      ])
  }

  /// A host that could not be read.
  init(_ host: HostList.Entry, unreadBecause why: String) {
    self.init(
      host, seen: nil, [.tags: CSVField("unreachable"), .scanError: CSVField(from: why)])
  }

  /// What a look showed; an answer that `plan` would refuse is as good as none, so that one host
  /// cannot make a whole inventory unreadable.
  static func row(
    _ host: HostList.Entry, _ sight: Sweep.Sight, at now: Timestamp
  ) async -> ScanRow {
    switch sight {
    case .failure(let failure): return ScanRow(host, unreadBecause: failure.words)
    case .success(let state):
      let row = ScanRow(host, state, at: now)
      do throws(InputErrors) {
        _ = try await Inventory.read(
          Array("\(header)\n\(row.line)\n".utf8), file: "its answer", parts: 1)
        return row
      } catch {
        return ScanRow(host, unreadBecause: "what it says of itself is of no use: \(error)")
      }
    }
  }

  private static func domain(of name: HostName) -> String {
    name.rawValue.firstIndex(of: ".").map { String(name.rawValue[$0...].dropFirst()) } ?? ""
  }

  private static func digits(_ installation: InstallationID?) -> String {
    guard let text = installation?.rawValue, (54...63).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return "" }
    return text
  }

  private static func tags(_ name: HostName, _ state: HostState) -> String {
    var tags: [String] = []
    if !state.computerName.isSameMachine(as: name), !name.isAddress { tags.append("wrong-name") }
    if !state.hasKMSClientLicense { tags.append("no-kms-client-license") }
    if let hasMarker = state.hasVolumeMarker {
      tags.append(hasMarker ? "volume-marker" : "no-volume-marker")
    }
    return tags.joined(separator: " ")
  }
}

extension ScanRow {
  /// Reads a line that a scan wrote; nil when it is none.
  init?(line: Substring) {
    guard let fields = CSVField.fields(of: line), fields.count == Self.columns.count else {
      return nil
    }
    let values = Dictionary(uniqueKeysWithValues: zip(Self.columns, fields))
    guard let name = HostName(values[.name] ?? "") else { return nil }
    self.name = name
    site = values[.site] ?? ""
    let lastSeen = values[.lastSeen] ?? ""
    if lastSeen.isEmpty {
      seen = nil
    } else {
      guard let date = try? Date(lastSeen, strategy: .iso8601) else { return nil }
      seen = Timestamp(rawValue: Int64(date.timeIntervalSince1970 * 1000))
    }
    self.line = String(line)
  }

  /// The rows of an inventory that a scan wrote, by host.
  static func inventory(_ path: String) throws -> [HostName: ScanRow] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    var lines = text.split(separator: "\n")[...]
    guard lines.popFirst() == header[...] else {
      throw InputError(
        .input, at: InputError.Place(file: path),
        "its columns are not those that a scan writes, and would be lost",
        remedy: "Move it away, and scan again without --unread")
    }
    return Dictionary(lines.compactMap(ScanRow.init(line:)).map { ($0.name, $0) }) { $1 }
  }

  /// Why the host could not be read; empty when it was.
  var scanError: String { CSVField.fields(of: line[...])?.last ?? "" }
}

extension HostName {
  /// Whether it is an IPv4 address, which no machine calls itself by.
  fileprivate var isAddress: Bool { rawValue.allSatisfy { $0.isNumber || $0 == "." } }
}
