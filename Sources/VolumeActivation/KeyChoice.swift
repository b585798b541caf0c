/// The key chosen for a host, and what the choice rests on.
package struct KeyChoice: Sendable {
  package let record: ClientSetupKey
  package let basis: Basis

  /// What identified the edition.
  package enum Basis: Hashable, Sendable {
    /// Kind, NT version, build and EditionID, as Windows itself tells editions apart.
    case identifiers
    /// The caption alone, which is localised and says less: to be reported as a last resort.
    case caption
  }
}
