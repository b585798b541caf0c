import VolumeActivation
import WSMan

extension CIMName {
  static let service: CIMName = "SoftwareLicensingService"
  static let product: CIMName = "SoftwareLicensingProduct"
}

extension WQLQuery.Condition {
  /// Office shares the class of products.
  static let isWindows = WQLQuery.Condition.equal(
    "ApplicationID", .string("55c92734-d682-4d71-983e-d6ec3f16059f"))
  static let hasKey = WQLQuery.Condition.isPresent("PartialProductKey")
  static let isNoAddOn = WQLQuery.Condition.equal("LicenseIsAddon", .boolean(false))
}

/// Windows' licence on a host, or an add-on to it.
struct Product {
  var id: String
  var description: String
  var family: String
  var isAddOn: Bool
  var status: LicenseStatus
  var partialKey: PartialProductKey?
  /// The rest of the columns.
  var row: CIMInstance

  var channel: Channel { Channel(description: description) }

  init(_ row: CIMInstance) throws(CIMValueError) {
    guard let id = try row.string("ID") else {
      throw CIMValueError(property: "ID", expected: .present)
    }
    guard let number = try row.integer("LicenseStatus", as: UInt8.self),
      let status = LicenseStatus(rawValue: number)
    else { throw CIMValueError(property: "LicenseStatus", expected: .integer) }
    self.id = id
    self.status = status
    description = try row.string("Description") ?? ""
    family = try row.string("LicenseFamily") ?? ""
    isAddOn = try row.boolean("LicenseIsAddon") ?? false
    partialKey = try row.string("PartialProductKey").flatMap { PartialProductKey($0) }
    self.row = row
  }

  var path: InstancePath {
    InstancePath(.licensing(.product), [Selector("ID", id)])
  }
}

extension KMSSetting {
  /// Reads a name and a port, where an empty name and the port 0 are none.
  init(_ row: CIMInstance) throws(CIMValueError) {
    let port = try row.integer("KeyManagementServicePort", as: UInt32.self) ?? 0
    self.init(
      name: try row.string("KeyManagementServiceMachine").flatMap { HostName($0) },
      port: port == 0 ? nil : UInt16(exactly: port))
  }
}
