import Execution
import VolumeActivation
import WSMan

extension WindowsHost {
  /// Reads everything that a look shows.
  func look() async throws(LicensingFailure) -> HostState {
    let system = try await recalledSystem()
    let computerName = try await computerName()
    let uuid = try await uuid()
    let generation = Generation(system.version)
    let service = try await service(of: generation)
    let products = try await products(of: generation)
    let primary = try primary(of: products)
    let family = if let primary { primary.family } else { try await editionID() }
    let edition = EditionID(rawValue: family)
    let hasClientLicense = try await hasClientLicense(of: primary, edition, generation)
    return try LicensingFailure.reading { () throws(CIMValueError) in
      var state = HostState(
        computerName: computerName, uuid: uuid, clock: system.clock, bootedAt: system.bootedAt,
        kind: system.kind, isDomainController: system.isDomainController, edition: edition,
        version: system.version, build: system.build,
        channel: primary?.channel ?? .none, partialKey: primary?.partialKey,
        status: primary?.status ?? .unlicensed, graceMinutes: 0, installationID: nil,
        clientMachineID: try service.row.string("ClientMachineID").flatMap { ClientMachineID($0) },
        kmsSetting: service.setting, hasKMSClientLicense: hasClientLicense,
        licensedAddOns: products.filter { $0.isAddOn && $0.status == .licensed }
          .compactMap(\.partialKey).sorted())
      if let primary { try state.take(primary.row) }
      return state
    }
  }

  // MARK: The machine

  struct System {
    var version: NTVersion
    var build: Int
    var kind: ProductKind
    var isDomainController: Bool
    var clock: Timestamp
    var bootedAt: Timestamp
    /// When it was read, by our clock.
    var readAt: ContinuousClock.Instant
  }

  /// The machine as it was read over this connection, its clock having gone on: a connection does
  /// not outlive a restart.
  private func recalledSystem() async throws(LicensingFailure) -> System {
    guard var known = await recollection().system else { return try await system() }
    let elapsed = Int64((ContinuousClock.now - known.readAt) / .milliseconds(1))
    known.clock = known.clock + Milliseconds(rawValue: elapsed)
    return known
  }

  func system() async throws(LicensingFailure) -> System {
    let row = try await only(
      ["Version", "BuildNumber", "ProductType", "LocalDateTime", "LastBootUpTime"],
      from: "Win32_OperatingSystem")
    let system = try LicensingFailure.reading { () throws(CIMValueError) in
      guard let version = try row.string("Version").flatMap({ NTVersion($0) }),
        let build = try row.integer("BuildNumber", as: Int.self)
      else { throw CIMValueError(property: "Version", expected: .present) }
      let type = try row.integer("ProductType", as: UInt32.self)
      return System(
        version: version, build: build, kind: type == 1 ? .client : .server,
        isDomainController: type == 2,
        clock: try Self.instant("LocalDateTime", of: row),
        bootedAt: try Self.instant("LastBootUpTime", of: row), readAt: .now)
    }
    await remember { $0.system = system }
    return system
  }

  private static func instant(
    _ name: CIMName, of row: CIMInstance
  ) throws(CIMValueError) -> Timestamp {
    guard let microseconds = try row.dateTime(name)?.microsecondsSince1970 else {
      throw CIMValueError(property: name, expected: .dateTime)
    }
    return Timestamp(rawValue: microseconds / 1000)
  }

  func computerName() async throws(LicensingFailure) -> HostName {
    if let known = await recollection().computerName { return known }
    let row = try await only(
      ["DNSHostName", "Domain", "PartOfDomain"], from: "Win32_ComputerSystem")
    let name = try LicensingFailure.reading { () throws(CIMValueError) in
      let isMember = try row.boolean("PartOfDomain") ?? false
      let label = try row.string("DNSHostName") ?? ""
      let domain = isMember ? try row.string("Domain").map { "." + $0 } ?? "" : ""
      guard !label.isEmpty, let name = HostName(label + domain) else {
        throw CIMValueError(property: "DNSHostName", expected: .present)
      }
      return name
    }
    await remember { $0.computerName = name }
    return name
  }

  private func uuid() async throws(LicensingFailure) -> String? {
    if case .known(let known) = await recollection().uuid { return known }
    let row = try await only(["UUID"], from: "Win32_ComputerSystemProduct")
    let uuid = try LicensingFailure.reading { () throws(CIMValueError) in try row.string("UUID") }
    await remember { $0.uuid = .known(uuid) }
    return uuid
  }

  // MARK: Licensing

  struct Service {
    var row: CIMInstance
    var setting: KMSSetting
  }

  func service(of generation: Generation) async throws(LicensingFailure) -> Service {
    let row = try await only(generation.serviceColumns, from: .service)
    var (version, setting) = try LicensingFailure.reading { () throws(CIMValueError) in
      guard let version = try row.string("Version") else {
        throw CIMValueError(property: "Version", expected: .present)
      }
      return (version, try KMSSetting(row))
    }
    if !generation.hasPort { setting.port = try await registryPort() }
    let known = setting
    await remember {
      $0.serviceVersion = version
      $0.kmsSetting = known
    }
    return Service(row: row, setting: setting)
  }

  /// Windows and its add-ons, as far as they have keys.
  func products(of generation: Generation) async throws(LicensingFailure) -> [Product] {
    let rows = try await query(
      generation.productColumns, from: .product, where: [.isWindows, .hasKey])
    return try LicensingFailure.reading { () throws(CIMValueError) in
      try rows.map { row throws(CIMValueError) in try Product(row) }
    }
  }

  /// The licence of Windows itself; nil without a key.
  func primary(of products: [Product]) throws(LicensingFailure) -> Product? {
    let found = products.filter { !$0.isAddOn }
    guard found.count <= 1 else {
      throw .lost("\(found.count) licences of Windows have keys. Look with `slmgr /dlv all`.")
    }
    return found.first
  }

  /// Whether a KMS client licence of the edition is installed.
  private func hasClientLicense(
    of primary: Product?, _ edition: EditionID, _ generation: Generation
  ) async throws(LicensingFailure) -> Bool {
    if primary?.channel == .kmsClient { return true }
    if await recollection().editionsWithClientLicense.contains(edition) { return true }
    let channel: [WQLQuery.Condition] =
      switch generation {
      case .vista, .seven: []
      case .eight: [.equal("ProductKeyChannel", .string("Volume:GVLK"))]
      }
    let rows = try await query(
      ["Description"], from: .product,
      where: [.isWindows, .equal("LicenseFamily", .string(edition.rawValue))] + channel)
    let isFound = try LicensingFailure.reading { () throws(CIMValueError) in
      try rows.map { row throws(CIMValueError) in
        Channel(description: try row.string("Description") ?? "")
      }.contains(.kmsClient)
    }
    if isFound { await remember { $0.editionsWithClientLicense.insert(edition) } }
    return isFound
  }
}

extension HostState {
  /// Takes what the licence of Windows says beside its key.
  fileprivate mutating func take(_ row: CIMInstance) throws(CIMValueError) {
    statusReason = try row.hresult("LicenseStatusReason")
    graceMinutes = try row.integer("GracePeriodRemaining", as: Int.self) ?? 0
    installationID = try row.string("OfflineInstallationId").map(InstallationID.init(rawValue:))
    let setting = try KMSSetting(row)
    productKMSSetting = setting == .discovered ? nil : setting
    let found = try row.string("DiscoveredKeyManagementServiceMachineName")
    lastKMSHost = found.flatMap { HostName($0) }
    activationTypeEnabled = try row.integer("VLActivationTypeEnabled", as: UInt8.self) ?? 0
    activationType = try row.integer("VLActivationType", as: UInt8.self) ?? 0
  }
}
