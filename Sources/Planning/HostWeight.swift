package import VolumeActivation

/// What losing a host's licence costs, in integers; nothing to lose weighs 0.
///
/// A client weighs 2 and a server 4; low, high and critical machines weigh half, three times and
/// eight times as much; a domain controller, cluster node, session host or AVMA parent twice. A way
/// back that spends an activation, where no confirmation ID is stored, adds 1; no way back makes it
/// four times as much.
package func hostWeight(
  kind: ProductKind, criticality: Criticality, grouped: Bool, hasConfirmation: Bool,
  irreversible: Bool
) -> Int {
  var weight =
    switch kind {
    case .client: 2
    case .server: 4
    }
  switch criticality {
  case .low: weight /= 2
  case .normal: break
  case .high: weight *= 3
  case .critical: weight *= 8
  }
  if grouped { weight *= 2 }
  if !hasConfirmation { weight += 1 }
  if irreversible { weight *= 4 }
  return weight
}

/// How likely a host is counted when it is asked, by how long ago it was last seen.
///
/// Only planning uses it, to say what may be expected; the guard trusts what was inspected minutes
/// ago. A host that was never dated stands with those seen weeks ago.
package func hostChance(lastSeen: Timestamp?, asOf: Timestamp) -> Double {
  guard let lastSeen else { return 0.90 }
  let age = asOf - lastSeen
  if age <= .days(1) { return 0.99 }
  if age <= .days(7) { return 0.97 }
  if age <= .days(14) { return 0.95 }
  if age <= .days(30) { return 0.90 }
  return 0.50
}
