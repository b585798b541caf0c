import VolumeActivation

/// The products of an inventory: one entry for each different set of what tells editions apart.
///
/// A fleet of a million hosts has some dozens, so a key is chosen that often and no more.
struct ProductTable {
  private(set) var entries: [Entry] = []
  /// What verdicts ask of the entries, by place.
  private(set) var facts: [Facts] = []
  private var places: [Identity: UInt32] = [:]
  private var last: (identity: Identity, place: UInt32)?

  struct Entry {
    var kind: ProductKind
    var edition: EditionID
    var version: NTVersion
    /// 0 when the inventory does not say and the key does not depend on it.
    var build: Int
    var choice: Result<KeyChoice, KeyChoiceError>
  }

  /// The part of an entry that is looked at for every host.
  struct Facts {
    var isClient: Bool
    /// Windows 7, which needs a marker in the BIOS.
    var needsVolumeMarker: Bool
    /// Windows 8 and later, which Active Directory can activate.
    var suitsAD: Bool
    /// Why no on-premises KMS host activates the edition; nil when one does.
    var notOnPremises: Verdict?
    var hasKey: Bool

    init(_ entry: Entry) {
      isClient = entry.kind == .client
      needsVolumeMarker = isClient && entry.version == NTVersion(6, 1)
      suitsAD = entry.version >= NTVersion(6, 2)
      switch entry.choice {
      case .success:
        hasKey = true
        notOnPremises = nil
      case .failure(let error):
        hasKey = false
        switch error {
        case .azureEdition: notOnPremises = .azureEdition
        case .multiSession: notOnPremises = .multiSession
        case .evaluation: notOnPremises = .evaluation
        case .noPublishedKey, .unknownBuild, .buildNeeded, .unknownEdition, .unknownCaption,
          .ambiguousCaption, .nothingToChooseBy:
          notOnPremises = nil
        }
      }
    }
  }

  /// What editions are told apart by, as an inventory writes it.
  private struct Identity: Hashable {
    var edition: Symbol
    var caption: Symbol
    var version: NTVersion?
    var build: UInt32?
    var type: ProductType?

    /// In two pieces, since it is asked of every host.
    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(edition.rawValue) << 32 | UInt64(caption.rawValue))
      hasher.combine(UInt64(build ?? 0) << 8 | UInt64(type?.rawValue ?? 0))
    }
  }

  /// The place in `entries` of a record's product.
  mutating func place(of record: HostRecord, in inventory: Inventory) -> UInt32 {
    let identity = Identity(
      edition: record.edition, caption: record.osCaption, version: record.version,
      build: record.build, type: record.productType)
    if let last, last.identity == identity { return last.place }
    let place: UInt32
    if let known = places[identity] {
      place = known
    } else {
      place = UInt32(entries.count)
      let entry = Self.entry(of: record, in: inventory)
      entries.append(entry)
      facts.append(Facts(entry))
      places[identity] = place
    }
    last = (identity, place)
    return place
  }

  /// Takes over another table's products; returns what its places become, by place.
  mutating func adopt(_ other: ProductTable) -> [UInt32] {
    var moved = [UInt32](repeating: 0, count: other.entries.count)
    for (identity, place) in other.places.sorted(by: { $0.value < $1.value }) {
      if let known = places[identity] {
        moved[Int(place)] = known
      } else {
        moved[Int(place)] = UInt32(entries.count)
        places[identity] = UInt32(entries.count)
        entries.append(other.entries[Int(place)])
        facts.append(other.facts[Int(place)])
      }
    }
    return moved
  }

  private static func entry(of record: HostRecord, in inventory: Inventory) -> Entry {
    let edition = inventory.editions[record.edition]
    let build = record.build.map(Int.init)
    let choice = Result { () throws(KeyChoiceError) in
      try ClientSetupKeys.published.choose(
        kind: record.productType?.kind, version: record.version, build: build, edition: edition,
        caption: inventory.captions[record.osCaption])
    }
    let chosen = (try? choice.get())?.record
    return Entry(
      kind: chosen?.kind ?? record.productType?.kind ?? edition?.impliedKind ?? .client,
      edition: edition ?? chosen?.edition ?? EditionID(rawValue: ""),
      version: record.version ?? chosen?.version ?? NTVersion(0, 0),
      build: build ?? chosen?.builds?.lowerBound ?? 0, choice: choice)
  }
}

extension ProductTable {
  /// Why no key is chosen for an entry.
  func refusal(of place: UInt32) -> String {
    switch entries[Int(place)].choice {
    case .success(let choice): "\(choice.record)"
    case .failure(let error): "\(error)"
    }
  }

  /// The published key of an entry; nil when none is chosen.
  func key(of place: UInt32) -> ClientSetupKey? {
    (try? entries[Int(place)].choice.get())?.record
  }
}
