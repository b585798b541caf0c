import Planning
import VolumeActivation

/// One scanned host as a line of an inventory.
struct InventoryLine {
  static let header = """
    name,site,editionId,ntVersion,build,productType,channel,partialProductKey,licenseStatus,\
    graceMinutes,clientMachineId,kmsHost,activationType,uuid,installationId,lastSeen
    """

  let text: String

  init(_ name: HostName, site: String, _ state: HostState, at now: Timestamp) {
    let setting = state.productKMSSetting ?? state.kmsSetting
    let kmsHost =
      setting.name.map { "\(KMSAddress(name: $0, port: setting.port ?? KMSAddress.defaultPort))" }
      ?? state.lastKMSHost?.rawValue ?? ""
    let fields = [
      name.rawValue, site, state.edition.rawValue, "\(state.version)", "\(state.build)",
      state.kind == .client ? "1" : "3", state.channel.rawValue,
      state.partialKey?.rawValue ?? "", "\(state.status.rawValue)", "\(state.graceMinutes)",
      state.clientMachineID?.description ?? "", kmsHost, "\(state.activationType)",
      state.uuid ?? "", state.installationID?.rawValue ?? "", Date8601(now).description,
    ]
    text = fields.map(Self.quoted).joined(separator: ",")
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
