import VolumeActivation

/// The columns that hold a simulated host's state, all of them whole numbers.
enum HostColumns {
  static let names = [
    "keySlot", "licence", "status", "reason", "ends", "machineHigh", "machineLow", "hasMachine",
    "edition", "setting", "productSetting", "lastKMSHost", "activationTypeEnabled",
    "activationType", "installs", "activationsSpent", "skew", "bootedAt", "silentUntil",
    "nextAsk", "running", "quirks", "looks", "changes", "asks",
  ]

  static func values(_ host: SimulatedHost) -> [Int64] {
    [
      Int64(host.key.rawValue), Int64(host.licence.rawValue), Int64(host.status.rawValue),
      Int64(host.reason), host.ends.rawValue, Int64(bitPattern: host.machine?.high ?? 0),
      Int64(bitPattern: host.machine?.low ?? 0), host.machine == nil ? 0 : 1,
      Int64(host.edition), Int64(host.setting.rawValue), Int64(host.productSetting.rawValue),
      Int64(host.lastKMSHost), Int64(host.activationTypeEnabled), Int64(host.activationType),
      Int64(host.installs), Int64(host.activationsSpent), host.skew.rawValue,
      host.bootedAt.rawValue, host.silentUntil.rawValue, host.nextAsk.rawValue,
      Int64(host.running), Int64(host.quirks.rawValue), Int64(host.looks), Int64(host.changes),
      Int64(host.asks),
    ]
  }

  static func host(_ values: [Int64]) throws -> SimulatedHost {
    guard values.count == names.count,
      let licence = SimulatedHost.Licence(rawValue: UInt8(truncatingIfNeeded: values[1])),
      let status = LicenseStatus(rawValue: UInt8(truncatingIfNeeded: values[2]))
    else { throw FleetFileError.damaged }
    func small(_ place: Int) -> UInt16 { UInt16(truncatingIfNeeded: values[place]) }
    func medium(_ place: Int) -> UInt32 { UInt32(truncatingIfNeeded: values[place]) }
    func time(_ place: Int) -> Timestamp { Timestamp(rawValue: values[place]) }
    var host = SimulatedHost(
      key: KeySlot(rawValue: small(0)), licence: licence, status: status, reason: medium(3),
      ends: time(4),
      machine: values[7] == 0
        ? nil
        : ClientMachineID(
          high: UInt64(bitPattern: values[5]), low: UInt64(bitPattern: values[6])),
      edition: small(8), setting: SettingSlot(rawValue: small(9)),
      productSetting: SettingSlot(rawValue: small(10)),
      activationTypeEnabled: UInt8(truncatingIfNeeded: values[12]), bootedAt: time(17))
    host.lastKMSHost = small(11)
    host.activationType = UInt8(truncatingIfNeeded: values[13])
    host.installs = small(14)
    host.activationsSpent = small(15)
    host.skew = Milliseconds(rawValue: values[16])
    host.silentUntil = time(18)
    host.nextAsk = time(19)
    host.running = small(20)
    host.quirks = SimulatedHost.Quirks(rawValue: small(21))
    host.looks = medium(22)
    host.changes = medium(23)
    host.asks = medium(24)
    return host
  }
}
