import SimulatedFleet
import VolumeActivation

/// A licence that is installed on a machine, with a key or without: what an instance of
/// `SoftwareLicensingProduct` tells of.
struct Licence: Hashable, Sendable {
  enum Application: Hashable, Sendable {
    case windows
    /// An add-on to Windows, such as a year of security updates.
    case windowsAddOn
    /// Office 2016, which shares the class.
    case office
  }

  var application: Application
  var channel: Channel
  /// `LicenseFamily`, which for Windows is the edition.
  var family: String
  var release: NTVersion
  var partialKey: PartialProductKey?
  var status = LicenseStatus.unlicensed

  /// The same on every machine of the release: it names the licence, not its key.
  var id: String {
    // Each add-on is a product of its own, which only its key tells apart here.
    let part = application == .windowsAddOn ? partialKey?.rawValue ?? "" : ""
    let seed = Dice.hash("\(application)/\(family)/\(channel.rawValue)/\(release)/\(part)")
    return ClientMachineID(high: Dice.mix(seed), low: Dice.mix(seed ^ 1)).description
  }

  var isWindows: Bool { application == .windows }
}

extension Machine {
  /// Every licence, those with keys first.
  var licences: [Licence] {
    var found: [Licence] = []
    if state.partialKey != nil {
      found.append(
        windows(state.channel, partialKey: state.partialKey, status: state.status))
    }
    for key in state.licensedAddOns {
      found.append(
        Licence(
          application: .windowsAddOn, channel: .mak, family: "ESU", release: state.version,
          partialKey: key, status: .licensed))
    }
    switch generation {
    // There, Office has classes of its own.
    case .vista, .seven: break
    case .eight:
      found.append(
        Licence(
          application: .office, channel: .kmsClient, family: "Office16ProPlusVL_KMS_Client",
          release: state.version, partialKey: PartialProductKey("FFFFF"), status: .licensed))
    }
    let others: [Channel] = [.mak, .retail] + (state.hasKMSClientLicense ? [.kmsClient] : [])
    for channel in others where state.partialKey == nil || channel != state.channel {
      found.append(windows(channel, partialKey: nil, status: .unlicensed))
    }
    return found
  }

  private func windows(
    _ channel: Channel, partialKey: PartialProductKey?, status: LicenseStatus
  ) -> Licence {
    Licence(
      application: .windows, channel: channel, family: state.edition.rawValue,
      release: state.version, partialKey: partialKey, status: status)
  }
}
