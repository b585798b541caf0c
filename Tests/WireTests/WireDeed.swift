import SimulatedFleet
import VolumeActivation

/// What was carried out, or refused, on a host.
struct WireDeed: Hashable, Sendable {
  var host: String
  var kind: Deed.Kind
  var isDone: Bool
  var key: PartialProductKey?
  var isSpent: Bool

  init(_ deed: Deed, in blueprint: FleetBlueprint) {
    host = blueprint.profiles[deed.host].name.rawValue
    kind = deed.kind
    isDone = deed.refused == nil
    key = blueprint.key(deed.key)?.endsWith
    isSpent = deed.spent != nil
  }
}

extension [WireDeed] {
  /// What was carried out on each host, in order.
  var done: [String: [Deed.Kind]] {
    reduce(into: [:]) { if $1.isDone { $0[$1.host, default: []].append($1.kind) } }
  }

  /// The hosts that were written to, be it in vain.
  var hosts: Set<String> { Set(map(\.host)) }

  /// Activations of a MAK, by host.
  var spent: [String: Int] {
    reduce(into: [:]) { if $1.isSpent { $0[$1.host, default: 0] += 1 } }
  }
}
