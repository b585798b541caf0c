/// `SoftwareLicensingProduct.LicenseStatus`.
///
/// Source: slmgr-wmi.md, section 5.
package enum LicenseStatus: UInt8, CaseIterable, Codable, Hashable, Sendable {
  case unlicensed = 0
  case licensed = 1
  /// Initial (out-of-box) grace.
  case initialGrace = 2
  /// The KMS licence expired or the hardware is out of tolerance.
  case additionalGrace = 3
  case nonGenuineGrace = 4
  case notification = 5
  case extendedGrace = 6
}
