import VolumeActivation

extension HostState {
  /// Whether it has the licence and the settings that it had then.
  func isAsFound(_ found: HostState) -> Bool {
    channel == found.channel && partialKey == found.partialKey && status == found.status
      && edition == found.edition && kmsSetting == found.kmsSetting
      && productKMSSetting == found.productKMSSetting
  }
}
