/// One product and edition with the key that turns it into a KMS client, as Microsoft publishes it.
package struct ClientSetupKey: Sendable {
  /// The release, such as `Windows 7` or `Windows 10 LTSC 2021`.
  package let product: String
  /// The edition as Microsoft's article names it, such as `Enterprise LTSC`.
  package let editionName: String
  package let kind: ProductKind
  package let key: ProductKey
  package let version: NTVersion
  /// The builds the record is for; nil when the NT version alone decides.
  package let builds: ClosedRange<Int>?
  package let edition: EditionID
  /// `OperatingSystemSKU` of the edition; core installations of 2008 and 2008 R2 have their own.
  package let operatingSystemSKUs: [Int]
  /// The host keys that Microsoft's table names for the product; empty is not named there, which
  /// does not make it impossible.
  package let hostKeys: [HostKey]
  package let flags: Flags
  /// What a person should know before using the record.
  package let note: String?
  /// The versions of Microsoft's article that hold the key, by their letters in
  /// `ClientSetupKeyTable`.
  package let readIn: String

  /// What keeps a record from being chosen.
  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Listed under a server release, but third-party tables give the key to a client edition.
    package static let doNotUseForServer = Flags(rawValue: 1 << 0)
    /// Azure Edition, which Azure activates.
    package static let azureEdition = Flags(rawValue: 1 << 1)
  }
}

extension ClientSetupKey {
  /// Whether the record may be chosen for a host.
  package var isChoosable: Bool { flags.isEmpty }

  /// Whether the record is for a machine of this build.
  package func covers(build: Int) -> Bool { builds?.contains(build) ?? true }
}

extension ClientSetupKey: CustomStringConvertible {
  /// The product, the edition and the key's last five characters.
  package var description: String { "\(product) \(editionName) \(key)" }
}
