import Planning
import Testing
import VolumeActivation

/// One record of a made-up inventory, in the words of its columns.
struct FleetRow: Hashable {
  var name: String
  var site = "hq"
  var edition: String? = "Professional"
  var caption: String?
  var version: NTVersion? = NTVersion(10, 0)
  var build: UInt32? = 19045
  var type: ProductType? = .workstation
  var channel: Channel? = .mak
  var key: String? = "B7B7B"
  var status: LicenseStatus? = .licensed
  var cmid: UInt64?
  var uuid: UInt64?
  var kmsHost: String?
  var activation: ActivationType?
  var domain: String? = "contoso.com"
  var group: String?
  var tags = ""
  var roaming = false
  var criticality = Criticality.normal
  var confirmation: String?
  var daysAgo = 0

  /// A Windows 10 client on a MAK.
  static func client(_ name: String) -> FleetRow { FleetRow(name: "\(name).contoso.com") }

  /// A Windows Server 2022 on a MAK.
  static func server(_ name: String) -> FleetRow {
    FleetRow(
      name: "\(name).contoso.com", edition: "ServerStandard", build: 20348, type: .server,
      key: "C8C8C")
  }

  /// Changes one column.
  func with<Value>(_ column: WritableKeyPath<FleetRow, Value>, _ value: Value) -> FleetRow {
    var row = self
    row[keyPath: column] = value
    return row
  }
}

/// The instant from which `FleetRow.daysAgo` is reckoned.
let today = Timestamp(rawValue: 1_800_000_000_000)

/// An inventory of rows, in canonical order as the reader makes it.
func inventory(_ rows: [FleetRow]) -> Inventory {
  let rows = rows.map { ($0.name, "\($0)", $0) }
    .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  func table<Value: Hashable>(_ values: [Value?], _ key: (Value) -> String) -> (
    SymbolTable<Value>, (Value?) -> Symbol
  ) {
    let sorted = Set(values.compactMap { $0 }).sorted { key($0) < key($1) }
    let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    return (
      SymbolTable(sorted),
      { value in
        value.flatMap { places[$0] }.map { Symbol(rawValue: UInt32($0) + 1) } ?? .absent
      }
    )
  }
  let (sites, site) = table(rows.map { $0.site.isEmpty ? nil : $0.site }) { $0 }
  let (captions, caption) = table(rows.map(\.caption)) { $0 }
  let (editions, edition) = table(rows.map { $0.edition.map(EditionID.init(rawValue:)) }) {
    $0.rawValue
  }
  let (domains, domain) = table(rows.map(\.domain)) { $0 }
  let (groups, group) = table(rows.map(\.group)) { $0 }
  let (kmsHosts, kmsHost) = table(rows.map { $0.kmsHost.flatMap { KMSAddress($0) } }) { "\($0)" }
  let (keys, key) = table(rows.map { $0.key.flatMap { PartialProductKey($0) } }) { $0.rawValue }
  let (tags, tag) = table(rows.map { $0.tags.isEmpty ? nil : $0.tags }) { $0 }
  var text = TextArena()
  let hosts = rows.enumerated().map { line, row in
    var host = HostRecord(name: text.append(row.name.lowercased().utf8), line: UInt32(line + 2))
    host.site = site(row.site.isEmpty ? nil : row.site)
    host.osCaption = caption(row.caption)
    host.edition = edition(row.edition.map(EditionID.init(rawValue:)))
    host.domain = domain(row.domain)
    host.group = group(row.group)
    host.kmsHost = kmsHost(row.kmsHost.flatMap { KMSAddress($0) })
    host.partialKey = key(row.key.flatMap { PartialProductKey($0) })
    host.tags = tag(row.tags.isEmpty ? nil : row.tags)
    host.version = row.version
    host.build = row.build
    host.productType = row.type
    host.channel = row.channel
    host.status = row.status
    host.activationType = row.activation
    host.criticality = row.criticality
    host.roaming = row.roaming
    host.clientMachineID = row.cmid.map { ClientMachineID(high: 1, low: $0) }
    host.uuid = row.uuid.map { ClientMachineID(high: 2, low: $0) }
    host.lastSeen = today + .days(Int64(-row.daysAgo))
    if let confirmation = row.confirmation {
      host.installationID = text.append("1234567".utf8)
      host.confirmationID = text.append(confirmation.utf8)
    }
    return host
  }
  return Inventory(
    hosts: hosts, text: text, sites: sites, captions: captions, editions: editions,
    domains: domains, groups: groups, kmsHosts: kmsHosts, partialKeys: keys, tags: tags,
    digest: PlanDigest(rawValue: String(repeating: "0", count: 64)), notes: [])
}

/// One KMS host for every site, and two MAKs: B7B7B for clients, C8C8C for servers.
func terms(count: Int? = 0, hostKey: String? = "Windows Server 2022") throws -> PlanningTerms {
  PlanningTerms(
    kmsHosts: [
      DeclaredKMSHost(
        address: try #require(KMSAddress("kms01.contoso.com")), sites: [SitePattern("*")],
        hostKey: hostKey, count: count)
    ],
    maks: [
      DeclaredMAK(endsWith: try #require(PartialProductKey("B7B7B")), activationsLeft: 100),
      DeclaredMAK(endsWith: try #require(PartialProductKey("C8C8C")), activationsLeft: 50),
    ])
}

/// `count` clients named `ws-000` and so on, each with a CMID of its own.
func clients(_ count: Int, from first: Int = 0) -> [FleetRow] {
  (first..<first + count).map { number in
    FleetRow.client("ws-\(String(number + 1000).dropFirst())").with(\.cmid, UInt64(number + 1))
  }
}

/// `count` servers named `srv-000` and so on, each with a CMID of its own.
func servers(_ count: Int) -> [FleetRow] {
  (0..<count).map { number in
    FleetRow.server("srv-\(String(number + 1000).dropFirst())")
      .with(\.cmid, UInt64(number + 100_001))
  }
}
