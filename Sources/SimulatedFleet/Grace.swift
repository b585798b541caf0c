package import VolumeActivation

/// What Windows grants a machine without a licence, by generation.
///
/// Source: kms-rules.md, sections 3 and 7.
package enum Grace {
  /// What a machine is in once a key is installed that is not activated.
  package static func afterKeyChange(
    _ version: NTVersion, _ kind: ProductKind
  ) -> (status: LicenseStatus, reason: HRESULT, length: Milliseconds?) {
    switch (version.major, version.minor) {
    case (6, 0): (.initialGrace, .inInitialGrace, kind == .server ? .days(60) : .days(30))
    case (6, 1): (.initialGrace, .inInitialGrace, .days(30))
    default: (.notification, .notActivated, nil)
    }
  }

  /// What a machine is in once a KMS activation has run out.
  package static func afterExpiry(
    _ version: NTVersion
  ) -> (status: LicenseStatus, reason: HRESULT, length: Milliseconds?) {
    version < NTVersion(6, 2)
      ? (.additionalGrace, .inAdditionalGrace, .days(30)) : (.notification, .graceExpired, nil)
  }

  /// How long a KMS activation holds.
  package static let validity = Milliseconds.days(180)
  /// How often an activated machine renews.
  package static let renewalInterval = Milliseconds.days(7)
  /// How often a machine that is not activated asks.
  package static let activationInterval = Milliseconds.hours(2)
  /// How far two clocks may differ.
  package static let clockTolerance = Milliseconds.hours(4)
}

extension HRESULT {
  static let inInitialGrace = HRESULT(rawValue: 0x4004_F00C)
  static let inAdditionalGrace = HRESULT(rawValue: 0x4004_F00D)
  static let graceExpired = HRESULT(rawValue: 0xC004_F009)
  /// The licence is not activated yet.
  static let notActivated = HRESULT(rawValue: 0xC004_F034)
  static let keyInvalid = HRESULT(rawValue: 0xC004_F050)
  static let productNotFound = HRESULT(rawValue: 0xC004_F069)
  static let noProductKey = HRESULT(rawValue: 0xC004_F014)
  static let noVolumeMarker = HRESULT(rawValue: 0xC004_F035)
  static let kmsHostNotActivated = HRESULT(rawValue: 0xC004_F041)
  static let activationInProgress = HRESULT(rawValue: 0xC004_E028)
  static let confirmationMismatch = HRESULT(rawValue: 0xC004_F031)
  static let confirmationOfOtherKey = HRESULT(rawValue: 0xC004_F07E)
  static let wrongActivationType = HRESULT(rawValue: 0xC004_F07D)
  static let noActivationObject = HRESULT(rawValue: 0xC004_F081)
  static let tokenLicenseNotFound = HRESULT(rawValue: 0xC004_F304)
  /// The service is stopping, or not in the right state: the same call may succeed later.
  static let serviceStopping = HRESULT(rawValue: 0xC004_F075)
  static let inconsistentStore = HRESULT(rawValue: 0xC004_E002)
}
