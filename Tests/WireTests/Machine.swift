/// A machine of the company of these tests; names, keys and digits are made up.
struct Machine: Hashable, Sendable {
  var name: String
  var model: Model
  var channel: Channel
  /// Whether a confirmation ID of its activation was kept.
  var hasConfirmation = false

  enum Model: Sendable {
    case windows7, windows10, server2008R2, server2022
  }

  enum Channel: String, Sendable {
    case mak, oem, kmsHost
  }
}

extension Machine {
  /// The digits of its installation ID and of the confirmation ID that belongs to it.
  static let installation = "021699837015481900203163635107027159147832537048864719549460640"
  static let confirmation = "876825174076122766371925830543797958834383023980"

  static let columns =
    "name,site,editionId,ntVersion,build,productType,channel,partialProductKey,licenseStatus,"
    + "installationId,confirmationId"

  /// Its line of an inventory.
  var line: String {
    let system =
      switch model {
      case .windows7: "Professional,6.1,7601,1"
      case .windows10: "Enterprise,10.0,19045,1"
      case .server2008R2: "ServerStandard,6.1,7601,3"
      case .server2022: "ServerStandard,10.0,20348,3"
      }
    let key =
      switch channel {
      case .mak: "B7B7B"
      case .oem: "MMMMM"
      case .kmsHost: "KKKKK"
      }
    let digits = hasConfirmation ? "\(Self.installation),\(Self.confirmation)" : ","
    return "\(name),hq,\(system),\(channel.rawValue),\(key),1,\(digits)"
  }
}
