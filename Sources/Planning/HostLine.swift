import VolumeActivation

/// A planned host's line while it is read, key by key.
struct HostLine {
  private var name: HostName?
  private var wave = 0
  private var action: PlannedAction?
  private var site = ""
  private var kind: ProductKind?
  private var product = ""
  private var edition = EditionID(rawValue: "")
  private var version = NTVersion(0, 0)
  private var build = 0
  private var from: PartialProductKey?
  private var to: PartialProductKey?
  private var licensed = false
  private var clientMachineID: ClientMachineID?
  private var raisesCount = false
  private var mak: MAKID?
  private var installationID: InstallationID?
  private var confirmationID: ConfirmationID?
  private var weight = 0
  private var group: String?
  private var exposed = false

  init() {}

  /// Reads the value of `key`.
  mutating func take(
    _ key: String, from scanner: inout JSONScanner, _ maks: [String: MAKID]
  ) throws(JSONScanner.Failure) {
    switch key {
    case "host": name = try scanner.value("a host name") { HostName($0) }
    case "wave": wave = try scanner.int()
    case "action": action = try scanner.value("an action", PlannedAction.init(rawValue:))
    case "site": site = try scanner.string()
    case "kind":
      kind = try scanner.value("a kind") { text in
        ProductKind.allCases.first { $0.description == text }
      }
    case "product": product = try scanner.string()
    case "edition": edition = EditionID(rawValue: try scanner.string())
    case "version": version = try scanner.value("an NT version") { NTVersion($0) }
    case "build": build = try scanner.int()
    case "from": from = try scanner.value("the end of a key") { PartialProductKey($0) }
    case "to": to = try scanner.value("the end of a key") { PartialProductKey($0) }
    case "licensed": licensed = try scanner.bool()
    case "cmid": clientMachineID = try scanner.value("a GUID") { ClientMachineID($0) }
    case "raisesCount": raisesCount = try scanner.bool()
    case "mak": mak = try scanner.value("a MAK of the header") { maks[$0] }
    case "installationId": installationID = InstallationID(rawValue: try scanner.string())
    case "confirmationId": confirmationID = ConfirmationID(rawValue: try scanner.string())
    case "weight": weight = try scanner.int()
    case "group": group = try scanner.string()
    case "exposed": exposed = try scanner.bool()
    default: throw scanner.failure("a host has no `\(key)`")
    }
  }

  /// The host; nil when the line lacks what every host has, or names a wave that there is not.
  func host(_ waves: [Wave]) -> PlannedHost? {
    guard let name, let action, let kind, let to, waves.indices.contains(wave - 1) else {
      return nil
    }
    return PlannedHost(
      name: name, action: action, wave: WaveID(rawValue: UInt16(wave - 1)),
      kmsHost: waves[wave - 1].kmsHost, site: site, kind: kind, product: product,
      edition: edition, version: version, build: build, from: from, to: to, licensed: licensed,
      clientMachineID: clientMachineID, raisesCount: raisesCount, wayBack: wayBack,
      weight: weight, group: group, exposed: exposed)
  }

  private var wayBack: WayBack {
    guard let mak else { return .none }
    guard let installationID, let confirmationID else { return .online(mak) }
    return .confirmation(mak, installationID, confirmationID)
  }
}
