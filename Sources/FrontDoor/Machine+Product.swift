import VolumeActivation
import WSMan

extension Machine {
  /// The instance of `SoftwareLicensingProduct` for a licence.
  func product(_ licence: Licence) -> CIMObject {
    let isOwn = licence.isWindows && licence.partialKey != nil
    let hostKey = kmsHost?.hostKey.flatMap { HostKey(name: $0) }
    let description = licence.description(of: hostKey, kind: state.kind)
    var product: CIMObject = [
      "ApplicationID": .string(licence.applicationID),
      "Description": .string(description),
      "EvaluationEndDate": .dateTime(CIMDateTime(Timestamp(rawValue: Self.noEvaluation))),
      "GracePeriodRemaining": .unsigned(isOwn ? UInt64(state.graceMinutes) : 0),
      "ID": .string(licence.id),
      "LicenseDependsOn": nil,
      "LicenseFamily": .string(licence.family),
      "LicenseIsAddon": .boolean(licence.application == .windowsAddOn),
      "LicenseStatus": .unsigned(UInt64(licence.status.rawValue)),
      "LicenseStatusReason": isOwn
        ? state.statusReason.map { .unsigned(UInt64($0.rawValue)) } ?? nil : nil,
      "Name": .string((licence.isWindows ? "Windows(R), " : "") + licence.family + " edition"),
      "OfflineInstallationId": isOwn
        ? state.installationID.map { .string($0.rawValue) } ?? nil : nil,
      "PartialProductKey": licence.partialKey.map { .string($0.rawValue) } ?? nil,
      "ProductKeyID": nil,
    ]
    switch generation {
    case .vista: break
    case .seven: product.properties += columnsOfSeven(licence, isOwn: isOwn)
    case .eight:
      product.properties += columnsOfSeven(licence, isOwn: isOwn)
      product.properties += columnsOfEight(licence, isOwn: isOwn)
    }
    return product
  }

  /// 1601-01-01, which stands for no end.
  private static let noEvaluation: Int64 = -11_644_473_600_000

  private func columnsOfSeven(_ licence: Licence, isOwn: Bool) -> [CIMObject.Property] {
    let setting = isOwn ? state.productKMSSetting : nil
    let isClient = isOwn && licence.channel == .kmsClient
    let isHost = isOwn && licence.channel == .kmsHost
    let found = isClient ? state.lastKMSHost : nil
    return [
      .init(
        "DiscoveredKeyManagementServiceMachineName", found.map { .string($0.rawValue) } ?? nil),
      .init(
        "DiscoveredKeyManagementServiceMachinePort",
        found == nil ? 0 : .unsigned(UInt64(KMSAddress.defaultPort))),
      .init(
        "KeyManagementServiceMachine", setting?.name.map { .string($0.rawValue) } ?? nil),
      .init("KeyManagementServicePort", .unsigned(UInt64(setting?.port ?? 0))),
      .init("KeyManagementServiceProductKeyID", nil),
      .init(
        "RequiredClientCount", isClient ? CIMValue(count: state.kind.threshold) : .notApplicable),
    ] + (isClient || isHost ? intervalColumns : noIntervalColumns)
      + kmsHostColumns(isKMSHost: isHost)
  }

  private var noIntervalColumns: [CIMObject.Property] {
    intervalColumns.map { .init($0.name, .notApplicable) }
  }

  private func columnsOfEight(_ licence: Licence, isOwn: Bool) -> [CIMObject.Property] {
    [
      .init("DiscoveredKeyManagementServiceMachineIpAddress", nil),
      .init("KeyManagementServiceLookupDomain", nil),
      .init("ProductKeyChannel", .string(licence.keyChannel)),
      .init("RemainingAppReArmCount", 1000),
      .init("RemainingSkuReArmCount", 1000),
      .init("VLActivationType", .unsigned(isOwn ? UInt64(state.activationType) : 0)),
      .init("VLActivationTypeEnabled", .unsigned(isOwn ? UInt64(state.activationTypeEnabled) : 0)),
    ]
  }
}
