import VolumeActivation
import WSMan

extension Machine {
  /// The instance of `SoftwareLicensingService`.
  var service: CIMObject {
    let setting = state.kmsSetting
    var service: CIMObject = [
      "ClientMachineID": state.clientMachineID.map { .string($0.description) } ?? nil,
      "KeyManagementServiceMachine": setting.name.map { .string($0.rawValue) } ?? nil,
      "Version": .string(serviceVersion),
    ]
    service.properties += kmsHostColumns(isKMSHost: true)
    switch generation {
    case .vista: service.properties += intervalColumns
    case .seven: service.properties += portColumns(setting)
    case .eight:
      service.properties += portColumns(setting)
      service.properties += [
        .init("KeyManagementServiceLookupDomain", nil),
        // A secret of the firmware, which no query should fetch; empty where there is none.
        .init("OA3xOriginalProductKey", ""),
        .init("VLActivationTypeEnabled", .unsigned(UInt64(state.activationTypeEnabled))),
      ]
    }
    return service
  }

  private func portColumns(_ setting: KMSSetting) -> [CIMObject.Property] {
    [
      .init("KeyManagementServicePort", .unsigned(UInt64(setting.port ?? 0))),
      .init("KeyManagementServiceActivationDisabled", false),
      .init("KeyManagementServiceDnsPublishing", true),
      .init("KeyManagementServiceHostCaching", true),
      .init("KeyManagementServiceListeningPort", .unsigned(UInt64(KMSAddress.defaultPort))),
      .init("KeyManagementServiceLowPriority", false),
      .init("RemainingWindowsReArmCount", 3),
    ]
  }
}

// What shows on the service up to 6.0, and on the product of the host key as well from then on.
extension Machine {
  /// Minutes between requests of a client that is not activated, and of one that is.
  var intervalColumns: [CIMObject.Property] {
    [.init("VLActivationInterval", 120), .init("VLRenewalInterval", 10_080)]
  }

  /// - Parameter isKMSHost: False for what has no count, even on a KMS host.
  func kmsHostColumns(isKMSHost: Bool) -> [CIMObject.Property] {
    let host = isKMSHost ? kmsHost : nil
    let requests = CIMValue(count: host?.totalRequests)
    // The simulation does not keep in what state those were that asked.
    let sorted: CIMValue = host?.totalRequests == nil ? .notApplicable : 0
    return [
      .init("IsKeyManagementServiceMachine", host?.isKMSHost == true ? 1 : 0),
      .init("KeyManagementServiceCurrentCount", CIMValue(count: host?.currentCount)),
      .init("KeyManagementServiceFailedRequests", sorted),
      .init("KeyManagementServiceLicensedRequests", requests),
      .init("KeyManagementServiceNonGenuineGraceRequests", sorted),
      .init("KeyManagementServiceNotificationRequests", sorted),
      .init("KeyManagementServiceOOBGraceRequests", sorted),
      .init("KeyManagementServiceOOTGraceRequests", sorted),
      .init("KeyManagementServiceTotalRequests", requests),
      .init("KeyManagementServiceUnlicensedRequests", sorted),
    ]
  }
}

extension CIMValue {
  /// 0xFFFFFFFF.
  static let notApplicable = CIMValue.unsigned(UInt64(UInt32.max))

  /// A number that there may not be.
  init(count: Int?) {
    self = count.map { .unsigned(UInt64($0)) } ?? .notApplicable
  }
}
