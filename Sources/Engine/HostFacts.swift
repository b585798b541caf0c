import Planning
import VolumeActivation

/// What the engine needs of a planned host at each step, without its texts.
struct HostFacts: Sendable {
  var wave: Int
  var kmsHost: Int
  var site: Int
  /// Its way to the KMS host: site, KMS host and product group.
  var path: Int
  /// nil is no group.
  var group: Int?
  /// The MAK it goes back to; nil is none.
  var mak: Int?
  var weight: Int
  var kind: ProductKind
  var raisesCount: Bool
  /// Whether its wave musters.
  var musters: Bool
  /// Whether it would lose a licence and has no way back: it goes after the threshold only.
  var isIrreversible: Bool
}
