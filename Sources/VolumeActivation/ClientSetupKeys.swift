/// The whole table of published client setup keys, with the rule that chooses from it.
///
/// It is parsed when it is first used, which takes about a millisecond.
package struct ClientSetupKeys: Sendable {
  package let records: [ClientSetupKey]
  /// Indices of `records` by EditionID, as it is written and in lower case.
  private let byEdition: [String: [Int]]
  /// Indices of `records` by the key's last five characters, which differ from key to key.
  private let byPartialKey: [PartialProductKey: [Int]]

  /// Everything that Microsoft publishes.
  package static let published = ClientSetupKeys(records: parse(ClientSetupKeyTable.text))

  init(records: [ClientSetupKey]) {
    self.records = records
    var byEdition: [String: [Int]] = [:]
    var byPartialKey: [PartialProductKey: [Int]] = [:]
    for (index, record) in records.enumerated() {
      let name = record.edition.rawValue
      byEdition[name, default: []].append(index)
      if name.lowercased() != name { byEdition[name.lowercased(), default: []].append(index) }
      byPartialKey[record.key.partial, default: []].append(index)
    }
    self.byEdition = byEdition
    self.byPartialKey = byPartialKey
  }

  /// The record of a product's edition; nil when there is none.
  package func record(product: String, edition: EditionID) -> ClientSetupKey? {
    records(of: edition).first { $0.product == product }
  }

  /// The records of an EditionID, whatever the release and however the name is capitalised.
  package func records(of edition: EditionID) -> [ClientSetupKey] {
    indices(of: edition).map { records[$0] }
  }

  /// Indices of `records`, which are cheaper to filter than the records.
  func indices(of edition: EditionID) -> [Int] {
    byEdition[edition.rawValue] ?? byEdition[edition.rawValue.lowercased()] ?? []
  }

  /// The records that share the key with these last five characters; empty when none is published.
  package func records(endingWith partial: PartialProductKey) -> [ClientSetupKey] {
    (byPartialKey[partial] ?? []).map { records[$0] }
  }

  /// Whether a published key ends so; a host that shows it is a KMS client, or meant to be one.
  package func isPublished(_ partial: PartialProductKey) -> Bool {
    byPartialKey[partial] != nil
  }

  /// Whether this whole key is a published one, and so no MAK.
  package func isPublished(_ key: ProductKey) -> Bool {
    records(endingWith: key.partial).contains { record in
      record.key.reveal { published in key.reveal { $0 == published } }
    }
  }
}
