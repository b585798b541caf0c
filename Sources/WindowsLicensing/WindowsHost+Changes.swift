import Execution
import VolumeActivation
import WSMan

extension WindowsHost {
  func perform(_ action: LicensingAction) async throws(LicensingFailure) {
    switch action {
    case .setKMS(let setting): try await setKMS(setting)
    case .installKey(let key): try await installKey(key)
    case .activate: try await activate()
    case .deposit(let confirmation, let installation):
      try await deposit(confirmation, for: installation)
    }
  }

  // MARK: What was read before

  private func generation() async throws(LicensingFailure) -> Generation {
    if let known = await recollection().system { return Generation(known.version) }
    return Generation(try await system().version)
  }

  private func servicePath() async throws(LicensingFailure) -> InstancePath {
    if await recollection().serviceVersion == nil {
      _ = try await service(of: try await generation())
    }
    guard let version = await recollection().serviceVersion else {
      throw .unreachable("the connection was closed before anything was sent")
    }
    return InstancePath(.licensing(.service), [Selector("Version", version)])
  }

  private func licensedProduct() async throws(LicensingFailure) -> Product {
    let rows = try await query(
      ["ID", "Description", "LicenseStatus", "PartialProductKey", "LicenseFamily"],
      from: .product, where: [.isWindows, .hasKey, .isNoAddOn])
    let products = try LicensingFailure.reading { () throws(CIMValueError) in
      try rows.map { row throws(CIMValueError) in try Product(row) }
    }
    guard let product = try primary(of: products) else { throw .refused(Self.noKey) }
    return product
  }

  /// `SL_E_PKEY_NOT_INSTALLED`.
  private static let noKey = HRESULT(rawValue: 0xC004_F014)

  private func refresh() async throws(LicensingFailure) {
    do throws(LicensingFailure) {
      try await invoke("RefreshLicenseStatus", of: try await servicePath())
    } catch {
      // What came before it has been done, so none of this says that the step was refused.
      throw .lost("the state was not refreshed: \(error)")
    }
  }

  // MARK: Changes

  /// `/ipk`.
  private func installKey(_ key: ProductKey) async throws(LicensingFailure) {
    let path = try await servicePath()
    let parameters: CIMObject = key.reveal { ["ProductKey": .secret(SecretText(Secret($0)))] }
    try await invoke("InstallProductKey", of: path, parameters)
    try await refresh()
  }

  /// `/ato`.
  private func activate() async throws(LicensingFailure) {
    let generation = try await generation()
    let product = try await licensedProduct()
    if generation.sparesLicensedMAK, product.channel == .mak, product.status == .licensed { return }
    try await invoke("Activate", of: product.path, timeout: generation.activationTimeout)
    try await refresh()
  }

  /// `/atp`.
  private func deposit(
    _ confirmation: ConfirmationID, for installation: InstallationID
  ) async throws(LicensingFailure) {
    let product = try await licensedProduct()
    try await invoke(
      "DepositOfflineConfirmationId", of: product.path,
      [
        "InstallationId": .string(installation.rawValue),
        "ConfirmationId": .string(confirmation.rawValue),
      ])
    try await refresh()
  }

  /// `/skms`, or `/ckms` where nothing is to be set.
  private func setKMS(_ wanted: KMSSetting) async throws(LicensingFailure) {
    let generation = try await generation()
    let former =
      if let known = await recollection().kmsSetting { known } else {
        try await service(of: generation).setting
      }
    let path = try await servicePath()
    await remember { $0.kmsSetting = nil }
    try await setName(wanted.name, of: path)
    if wanted.port != former.port {
      do throws(LicensingFailure) {
        try await setPort(wanted.port, of: path)
      } catch {
        try? await setName(former.name, of: path)
        throw error
      }
    }
    await remember { $0.kmsSetting = wanted }
  }

  private func setName(_ name: HostName?, of path: InstancePath) async throws(LicensingFailure) {
    if let name {
      try await invoke(
        "SetKeyManagementServiceMachine", of: path, ["MachineName": .string(name.rawValue)])
    } else {
      try await invoke("ClearKeyManagementServiceMachine", of: path)
    }
  }

  private func setPort(_ port: UInt16?, of path: InstancePath) async throws(LicensingFailure) {
    if try await !generation().hasPort {
      try await setRegistryPort(port)
    } else if let port {
      try await invoke(
        "SetKeyManagementServicePort", of: path, ["PortNumber": .unsigned(UInt64(port))])
    } else {
      try await invoke("ClearKeyManagementServicePort", of: path)
    }
  }
}
