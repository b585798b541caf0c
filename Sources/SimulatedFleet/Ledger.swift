package import VolumeActivation

/// One thing that was done to a host, by whomever: what really happened, not what was answered.
package struct Deed: Hashable, Sendable {
  package var at: Timestamp
  /// The host's place in the blueprint.
  package var host: Int
  package var kind: Kind
  package var by: Doer
  /// The key installed; none for other deeds.
  package var key: KeySlot
  /// nil when it was carried out.
  package var refused: HRESULT?
  /// Whether the host had a licence by KMS before.
  package var hadKMSLicence: Bool
  /// The account that an activation was taken from; nil when none was.
  package var spent: Int?

  package enum Kind: String, CaseIterable, Sendable {
    case setKMS = "skms"
    case installKey = "ipk"
    case activate = "ato"
    case deposit = "atp"
  }

  package enum Doer: String, CaseIterable, Sendable {
    case muster
    /// The host's own service, every two hours or seven days.
    case itself
    case thirdParty = "third party"
  }
}
