extension ActivationError {
  /// The one place that decides between trying again, waiting for the fleet, looking, and asking
  /// an operator.
  ///
  /// A refused KMS request is free to repeat. Of the other calls only a refusal that proves that
  /// nothing was executed is retried; the rest of the transient ones are settled by a look. A MAK
  /// activation is settled by a look unless the code proves that none was spent.
  package func turn(during operation: Operation) -> Turn {
    if code == .activationInProgress { return .look }
    switch operation {
    case .kmsRequest: return turnOfRequest
    case .makActivation: return turnOfMAKActivation
    case .keyInstall: return kind == .makBlocked ? .holdRun : turnOfLocalChange
    case .kmsSettings, .confirmationDeposit: return turnOfLocalChange
    }
  }

  /// Whether the code proves that a MAK activation was *not* spent.
  ///
  /// Two kinds do: the activation service's own refusal of the key, and a name that was not
  /// resolved, so that nothing left the host. A time-out, a broken connection, the service's
  /// general error and every unlisted code prove nothing.
  package var provesNotActivated: Bool {
    Self.keyRefusedByService.contains(code) || Self.serviceNameNotResolved.contains(code)
  }

  private var turnOfRequest: Turn {
    if kind == .kmsCountLow { return .waitForCount }
    if isInformation || Self.notTheProductExpected.contains(code) { return .look }
    if Self.kmsHostUnfit.contains(code) { return .holdRun }
    if Self.productNotServed.contains(code) { return .holdWave }
    return isTransient ? .retry : .holdHost
  }

  private var turnOfMAKActivation: Turn {
    guard provesNotActivated else { return .look }
    if Self.keyRefusedByService.contains(code) { return .holdRun }
    return isTransient ? .retry : .holdHost
  }

  private var turnOfLocalChange: Turn {
    if Self.serviceNotUp.contains(code) { return .retry }
    return isInformation || isTransient ? .look : .holdHost
  }

  /// The activation service answered and refused the key: blocked, over its limit, or invalid.
  ///
  /// Every host with that key would be refused alike.
  private static let keyRefusedByService: Set<HRESULT> = [
    0xC004_B100, 0xC004_C001, 0xC004_C003, 0xC004_C008, 0xC004_C017, 0xC004_C020, 0xC004_C021,
    0xC004_C060,
  ]

  /// DNS gave no address, so nothing was sent.
  private static let serviceNameNotResolved: Set<HRESULT> = [
    0x8007_232A, 0x8007_232B, 0x8007_251D, 0x8007_267C, 0x8009_2328,
  ]

  /// The service or its COM server was not up when it was called, so nothing was executed.
  private static let serviceNotUp: Set<HRESULT> = [0x8008_0005, 0xC004_E009, 0xC004_F075]

  /// The KMS host itself is not activated, is over its key's quota, or cannot serve from where it
  /// runs.
  private static let kmsHostUnfit: Set<HRESULT> = [0xC004_C008, 0xC004_F041, 0xC004_F06B]

  /// The KMS host's key does not cover the product: its other machines would be refused alike.
  private static let productNotServed: Set<HRESULT> = [0xC004_F015, 0xC004_F042]

  /// The host does not carry the KMS client key that was put there: somebody else's hand.
  private static let notTheProductExpected: Set<HRESULT> = [
    0x803F_7001, 0xC004_F00A, 0xC004_F014, 0xC004_F07D,
  ]
}

extension HRESULT: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: UInt32) {
    self.init(rawValue: value)
  }
}

extension HRESULT {
  /// Another activation of this product is in progress: the host is not quiet.
  package static let activationInProgress: HRESULT = 0xC004_E028
}
