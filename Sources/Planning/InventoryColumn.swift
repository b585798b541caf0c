/// A column of an inventory, by the name that DESIGN.md gives it.
package enum InventoryColumn: String, CaseIterable, Hashable, Sendable {
  case name, site, osCaption, editionId, ntVersion, build, productType, channel
  case partialProductKey, licenseStatus, graceMinutes, clientMachineId, kmsHost, activationType
  case domain, uuid, installationId, confirmationId, lastSeen, roaming, criticality, group, tags
  /// Why `muster scan` could not read the host, for people.
  case scanError
  /// VAMT's: which application a row is about; only rows about Windows are hosts.
  case applicationId
  /// WMI's: whether a row is about an add-on such as ESU, which rides beside Windows and is no host.
  case licenseIsAddon
}

extension InventoryColumn {
  /// The column that a header or a JSON key names; spaces, underscores and case do not matter.
  package init?(header: some StringProtocol) {
    guard let column = Self.byHeader[Self.plain(header)] else { return nil }
    self = column
  }

  /// Whether a header is the column's own name and not another tool's name for it.
  package func isOwnName(_ header: some StringProtocol) -> Bool {
    Self.plain(header) == Self.plain(rawValue)
  }

  /// Other tools' names: those of WMI, and of VAMT's `Get-VamtProduct | Export-Csv`.
  private static let otherNames: [(String, InventoryColumn)] = [
    ("hostName", .name), ("computerName", .name), ("dnsHostName", .name), ("fqdn", .name),
    ("fullyQualifiedDomainName", .name),
    ("caption", .osCaption), ("operatingSystem", .osCaption), ("productName", .osCaption),
    ("edition", .editionId), ("licenseFamily", .editionId),
    ("version", .ntVersion), ("osVersion", .ntVersion), ("productVersion", .ntVersion),
    ("buildNumber", .build),
    ("productKeyChannel", .channel), ("productKeyType", .channel),
    ("productKeyTypeName", .channel),
    ("licenseStatusText", .licenseStatus),
    ("gracePeriodRemaining", .graceMinutes),
    ("cmid", .clientMachineId),
    ("keyManagementServiceMachine", .kmsHost),
    ("vlActivationType", .activationType),
    ("offlineInstallationId", .installationId),
    ("lastUpdated", .lastSeen), ("licenseStatusLastUpdated", .lastSeen),
  ]

  private static let byHeader = Dictionary(
    allCases.map { (plain($0.rawValue), $0) } + otherNames.map { (plain($0.0), $0.1) },
    uniquingKeysWith: { own, _ in own })

  /// Letters and digits, in lower case.
  private static func plain(_ header: some StringProtocol) -> String {
    String(header.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}

/// Which field of a row is which column.
struct InventoryHeader: Sendable {
  /// Per field of a row, in order; nil is ignored.
  var columns: [InventoryColumn?]
  /// What was ignored, one sentence each.
  var notes: [String]

  /// Assigns the fields of a header; the fault says what it lacks.
  init(_ names: [String]) throws(HeaderFault) {
    columns = names.map { InventoryColumn(header: $0) }
    notes = []
    guard columns.contains(where: { $0 != nil }) else { throw .noHeader }
    for column in InventoryColumn.allCases {
      let indices = columns.indices.filter { columns[$0] == column }
      guard indices.count > 1 else { continue }
      // A column's own name goes before another tool's name for it, else the first one counts.
      let own = indices.filter { column.isOwnName(names[$0]) }
      if own.count > 1 { throw .twice(column, field: own[1]) }
      let chosen = own.first ?? indices[0]
      for index in indices where index != chosen { columns[index] = nil }
    }
    try Self.check(Set(columns.compactMap { $0 }))
    for (index, name) in names.enumerated() where columns[index] == nil && !name.isEmpty {
      notes.append(
        InventoryColumn(header: name).map { column in
          "Column \(InputQuote(name)) was ignored: \(column.rawValue) has been given already."
        } ?? "Column \(InputQuote(name)) means nothing to Muster and was ignored.")
    }
  }

  /// Whether what is needed is there.
  static func check(_ columns: Set<InventoryColumn>) throws(HeaderFault) {
    if !columns.contains(.name) { throw .lacks("name") }
    if columns.contains(.osCaption) { return }
    if !columns.contains(.editionId) { throw .lacks("editionId") }
    if !columns.contains(.ntVersion) { throw .lacks("ntVersion") }
  }
}

/// Why a header cannot be used.
enum HeaderFault: Error {
  case noHeader
  case lacks(String)
  /// The field, counted from 0, names a column that was named before.
  case twice(InventoryColumn, field: Int)
}

extension HeaderFault {
  /// What is wrong, as a clause.
  var problem: String {
    switch self {
    case .noHeader: "the first line is no header: it names no column that Muster knows"
    case .lacks(let column): "the column \(column) is missing"
    case .twice(let column, _): "the column \(column.rawValue) stands twice in the header"
    }
  }

  /// What to do, as a sentence without its full stop.
  var remedy: String {
    switch self {
    case .noHeader:
      "Begin the file with a line of column names, such as name,site,editionId,ntVersion,build"
    case .lacks:
      "Give a column name, and either editionId with ntVersion or osCaption"
    case .twice: "Remove or rename one of the two"
    }
  }
}
