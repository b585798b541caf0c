/// `SoftwareLicensingProduct.OfflineInstallationId`: what a confirmation ID is made for.
///
/// It depends on the key and the hardware.
package struct InstallationID: RawRepresentable, Hashable, Codable, Sendable {
  package var rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// The answer of the activation service to one installation ID; worthless with any other.
package struct ConfirmationID: RawRepresentable, Hashable, Codable, Sendable {
  package var rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }
}
