import VolumeActivation

extension Channel {
  /// Reads `SoftwareLicensingProduct.Description`, which ends in words such as
  /// `VOLUME_KMSCLIENT channel`.
  ///
  /// What it does not know counts as retail, which nobody migrates.
  init(description: String) {
    let text = description.uppercased()
    let words: [(String, Channel)] = [
      ("KMSCLIENT", .kmsClient), ("VOLUME_KMS", .kmsHost), ("MAK", .mak),
      ("VIRTUAL_MACHINE_ACTIVATION", .avma), ("TIMEBASED_SUB", .subscription),
      ("TIMEBASED", .evaluation), ("OEM", .oem),
    ]
    self = words.first { text.contains($0.0) }?.1 ?? .retail
  }
}

extension HostKey {
  /// Reads the description of a KMS host's product, such as
  /// `Windows(R) Operating System, VOLUME_KMS_WS22 channel`; nil for one that it does not know.
  init?(description: String) {
    let text = description.uppercased()
    let words: [(String, HostKey)] = [
      ("VOLUME_KMS_WS25", .windowsServer2025), ("VOLUME_KMS_WS22", .windowsServer2022),
      ("VOLUME_KMS_WS19", .windowsServer2019), ("VOLUME_KMS_WS16", .windowsServer2016),
      ("VOLUME_KMS_W10", .windows10),
    ]
    guard let key = words.first(where: { text.contains($0.0) })?.1 else { return nil }
    self = key
  }
}
