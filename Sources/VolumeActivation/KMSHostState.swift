/// What one look at a KMS host shows.
///
/// Source: the Windows host-key product of one machine; Office's key does not count.
package struct KMSHostState: Hashable, Codable, Sendable {
  /// The name the machine gives itself: a count belongs to one machine, not to an alias.
  package var computerName: HostName
  package var clock: Timestamp
  package var bootedAt: Timestamp
  /// `IsKeyManagementServiceMachine`.
  package var isKMSHost: Bool
  /// Whether its own host key is licensed.
  package var isLicensed: Bool
  /// `KeyManagementServiceCurrentCount`; nil for 0xFFFFFFFF.
  package var currentCount: Int?
  /// `KeyManagementServiceTotalRequests`; nil for 0xFFFFFFFF.
  package var totalRequests: Int?
  /// What its host key covers, such as `Windows Server 2022`; nil when it cannot be told.
  package var hostKey: String?
  package var version: NTVersion
  package var build: Int
  /// Whether its log shows a request for 25 since the last restart; nil when it cannot be read.
  package var sawClientRequest: Bool?

  package init(
    computerName: HostName, clock: Timestamp, bootedAt: Timestamp, isKMSHost: Bool,
    isLicensed: Bool, currentCount: Int?, totalRequests: Int?, hostKey: String?,
    version: NTVersion, build: Int, sawClientRequest: Bool? = nil
  ) {
    self.computerName = computerName
    self.clock = clock
    self.bootedAt = bootedAt
    self.isKMSHost = isKMSHost
    self.isLicensed = isLicensed
    self.currentCount = currentCount
    self.totalRequests = totalRequests
    self.hostKey = hostKey
    self.version = version
    self.build = build
    self.sawClientRequest = sawClientRequest
  }

  /// What the reading is worth: 0xFFFFFFFF is 0 only on a licensed KMS host without requests.
  ///
  /// nil is unknown, and unknown refuses.
  package var count: Int? {
    guard isKMSHost, isLicensed else { return nil }
    if let currentCount { return currentCount }
    return (totalRequests ?? 0) == 0 ? 0 : nil
  }
}
