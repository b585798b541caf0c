import VolumeActivation

/// What planning has found out about one host, in a few bytes and without a reference.
struct Assessment {
  var place = Place.leftOut
  /// Why it is left out; means nothing in another place.
  var verdict = Verdict.conflictingRecords
  /// Its reason in the `ReasonTable`.
  var reason: UInt32 = 0
  /// The record in `Inventory.hosts`.
  var record: UInt32
  /// The product in the `ProductTable`.
  var product: UInt32 = 0
  /// The KMS host in `PlanningTerms.kmsHosts`; `nobody` is not known.
  var kmsHost = Self.nobody
  /// The MAK in `PlanningTerms.maks`; `nobody` is none.
  var mak = Self.nobody
  var weight: UInt16 = 0
  var traits: Traits = []
  /// Its wave, counted from 0, once it has one.
  var wave: UInt16 = 0

  static let nobody = UInt16.max

  enum Place: UInt8 {
    case leftOut
    /// From MAK to KMS.
    case migrate
    /// A KMS client of ours that is not activated: asking it is free.
    case firstAsk
    /// A licensed KMS client of ours, which may be asked to renew.
    case renewal
  }

  struct Traits: OptionSet {
    var rawValue: UInt16

    /// Losing its licence takes something away.
    static let licensed = Traits(rawValue: 1 << 0)
    static let client = Traits(rawValue: 1 << 1)
    /// May be in a muster wave: not roaming, not grouped, has a way back, counted upon.
    static let mayMuster = Traits(rawValue: 1 << 2)
    /// Its request raises the count.
    static let raisesCount = Traits(rawValue: 1 << 3)
    /// Changed without a way back, as the policy allows by name.
    static let irreversible = Traits(rawValue: 1 << 4)
    static let confirmationID = Traits(rawValue: 1 << 5)
    static let roaming = Traits(rawValue: 1 << 6)
    static let grouped = Traits(rawValue: 1 << 7)
    /// Windows 7 of which nobody said whether its BIOS has the volume marker.
    static let markerUnknown = Traits(rawValue: 1 << 8)
    /// Shares its CMID with a host that goes first.
    static let sharesCMID = Traits(rawValue: 1 << 9)
    /// Exposed until the threshold, if every answer comes.
    static let exposed = Traits(rawValue: 1 << 10)
    /// Windows 8 or later in a domain, which AD-based activation suits.
    static let suitsAD = Traits(rawValue: 1 << 11)
    /// An earlier run saw it counted, and its record is not forgotten yet.
    static let isRemembered = Traits(rawValue: 1 << 12)
  }
}

extension Assessment {
  var kind: ProductKind { traits.contains(.client) ? .client : .server }
}
