import Engine
import Planning
import VolumeActivation

extension KMSReading {
  /// Sees a KMS host's state with the eyes of its plan.
  ///
  /// - `products`: The published keys of the hosts that are to ask it.
  /// - `now`: When the state was read, by our clock.
  init(
    state: KMSHostState, address: KMSAddress, products: [ClientSetupKey], at now: Timestamp
  ) {
    let skew = state.clock - now
    var faults: KMSHostFaults = []
    if !state.isKMSHost { faults.insert(.notKMSHost) }
    if state.isKMSHost, !state.isLicensed { faults.insert(.notLicensed) }
    if !state.computerName.isSameMachine(as: address.name) { faults.insert(.otherName) }
    if let key = state.hostKey.flatMap({ HostKey(name: $0) }) {
      let isUncovered = products.contains { product in
        switch key.covers(product) {
        // A reading does not tell which updates are installed; the first answer will.
        case .covered, .coveredWithUpdate, .notNamed: false
        case .needsHostKey: true
        }
      }
      if isUncovered { faults.insert(.doesNotCover) }
    }
    self.init(
      count: state.count.map { UInt16(clamping: $0) }, sawClientRequest: state.sawClientRequest,
      bootedAt: Timestamp(rawValue: state.bootedAt.rawValue - skew.rawValue),
      skewMinutes: Int16(clamping: skew.rawValue / 60_000), faults: faults)
  }
}

extension HostName {
  /// Whether a machine's own name is `name`, whole or up to the first dot.
  fileprivate func isSameMachine(as name: HostName) -> Bool {
    if self == name { return true }
    func label(_ name: HostName) -> Substring { name.rawValue.prefix { $0 != "." } }
    let isShort = !rawValue.contains(".") || !name.rawValue.contains(".")
    return isShort && label(self) == label(name)
  }
}
