import Execution
import VolumeActivation
import WSMan

extension WindowsHost {
  /// Reads a KMS host's count and licence.
  ///
  /// Who asked it since its restart stands in its event log alone, which is not read here.
  func readKMSHost() async throws(LicensingFailure) -> KMSHostState {
    let system = try await system()
    let computerName = try await computerName()
    let generation = Generation(system.version)
    let products = try await query(
      generation.hostKeyColumns, from: .product, where: [.isWindows, .hasKey, .isNoAddOn])
    let service = generation.hasPort ? nil : try await service(of: generation).row
    return try LicensingFailure.reading { () throws(CIMValueError) in
      let described = try products.map { row throws(CIMValueError) in
        (row: row, text: try row.string("Description") ?? "")
      }
      let product = described.first { Channel(description: $0.text) == .kmsHost }
      let counters = service ?? product?.row
      let isServing = try counters?.integer("IsKeyManagementServiceMachine", as: UInt32.self) == 1
      return KMSHostState(
        computerName: computerName, clock: system.clock, bootedAt: system.bootedAt,
        isKMSHost: product != nil && isServing,
        isLicensed: try product?.row.integer("LicenseStatus", as: UInt8.self) == 1,
        currentCount: try counters?.counter("KeyManagementServiceCurrentCount"),
        totalRequests: try counters?.counter("KeyManagementServiceTotalRequests"),
        hostKey: product.flatMap { HostKey(description: $0.text) }?.rawValue,
        version: system.version, build: system.build)
    }
  }
}

extension CIMInstance {
  /// A number that is 0xFFFFFFFF where it does not apply; nil then.
  fileprivate func counter(_ name: CIMName) throws(CIMValueError) -> Int? {
    let number = try integer(name, as: UInt32.self)
    return number == UInt32.max ? nil : number.map { Int($0) }
  }
}
