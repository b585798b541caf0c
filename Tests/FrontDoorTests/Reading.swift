import Testing
import VolumeActivation
import WSMan

/// What a client that names its columns reads of a host.
struct Reading {
  let served: ServedFleet
  let host: HostName
  let model: Model

  static let windows = WQLQuery.Condition.equal(
    "ApplicationID", .string("55c92734-d682-4d71-983e-d6ec3f16059f"))

  func rows(
    _ columns: [CIMName], from name: CIMName, where conditions: [WQLQuery.Condition] = []
  ) async throws -> [CIMInstance] {
    try await served.query(columns, from: name, where: conditions, on: host)
  }

  func only(_ columns: [CIMName], from name: CIMName) async throws -> CIMInstance {
    let rows = try await rows(columns, from: name)
    #expect(rows.count == 1)
    return try #require(rows.first)
  }

  func service() async throws -> InstancePath {
    let row = try await only(["Version"], from: "SoftwareLicensingService")
    return InstancePath(
      .licensing("SoftwareLicensingService"),
      [Selector("Version", try #require(try row.string("Version")))])
  }

  /// The licence of Windows that has a key; nil without one.
  func product(_ columns: [CIMName]) async throws -> CIMInstance? {
    let rows = try await rows(
      columns, from: "SoftwareLicensingProduct",
      where: [
        Self.windows, .isPresent("PartialProductKey"), .equal("LicenseIsAddon", .boolean(false)),
      ])
    #expect(rows.count <= 1)
    return rows.first
  }

  func productPath() async throws -> InstancePath {
    let id = try #require(try await product(["ID"])?.string("ID"))
    return InstancePath(.licensing("SoftwareLicensingProduct"), [Selector("ID", id)])
  }

  func registry(_ key: String, _ name: String) async throws -> MethodResult {
    try await served.send(
      .invoke(
        "GetStringValue", of: InstancePath(.registry),
        ["hDefKey": 0x8000_0002, "sSubKeyName": .string(key), "sValueName": .string(name)]),
      to: host
    ).result()
  }
}
