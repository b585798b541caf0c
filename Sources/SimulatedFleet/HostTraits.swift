import Planning
import VolumeActivation

/// What its profile says of a machine, as far as it matters at every call: numbers only.
struct HostTraits: Sendable {
  var kind: ProductKind
  var version: NTVersion
  /// The edition it was found with, in its place in the blueprint's table.
  var edition: UInt16
  var original: KeySlot
  var target: KeySlot
  var licence: SimulatedHost.Licence
  /// Whether its planned key is for the edition that it was found with.
  var targetFits: Bool
  var hasKMSClientLicense: Bool
  /// NT 6.1 without the BIOS marker: KMS does not activate such a client.
  var lacksVolumeMarker: Bool
  var hasConfirmation: Bool
  /// The KMS host that the planned setting leads to, counted from 1; 0 for none of these.
  var wantedKMSHost: UInt16
  var discovers: Int?
  var notCovered: UInt64
  var seed: UInt64
}

extension HostTraits {
  init(_ profile: HostProfile, target key: FleetKey?, edition: UInt16, wantedKMSHost: UInt16) {
    let release = EditionRelease(edition: profile.edition, version: profile.version)
    self.init(
      kind: profile.kind, version: profile.version, edition: edition, original: profile.original,
      target: profile.target, licence: profile.licence,
      targetFits: key.map { $0.editions.isEmpty || $0.editions.contains(release) } ?? false,
      hasKMSClientLicense: profile.hasKMSClientLicense,
      lacksVolumeMarker: profile.version == NTVersion(6, 1) && profile.hasVolumeMarker == false,
      hasConfirmation: profile.confirmation != nil, wantedKMSHost: wantedKMSHost,
      discovers: profile.discovers, notCovered: profile.notCovered, seed: profile.seed)
  }
}

/// What matters of a key at every call.
struct KeyTraits: Sendable {
  var channel: Channel
  /// Its account at the activation service; nil for what is not a MAK.
  var account: Int?
  var isClientSetupKey: Bool
  var isMAK: Bool

  init(_ key: FleetKey) {
    channel = key.channel
    account = key.account
    isClientSetupKey = key.channel == .kmsClient
    isMAK = key.channel == .mak
  }
}
