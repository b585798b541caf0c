import VolumeActivation

extension Survey {
  /// Licences owned for a product, and how many hosts would be on it: those planned, and the KMS
  /// clients that are left as they are.
  func entitlements() -> [PlannedEntitlement] {
    guard !judge.terms.entitlements.isEmpty else { return [] }
    var used = [Int](repeating: 0, count: judge.products.entries.count)
    for host in hosts {
      let isOnKMS =
        host.place != .leftOut || host.verdict == .alreadyKMSClient
        || host.verdict == .renewsElsewhere
      if isOnKMS { used[Int(host.product)] += 1 }
    }
    return judge.terms.entitlements.map { entitlement in
      let wanted = entitlement.product.lowercased()
      var sum = 0
      for (place, count) in used.enumerated() where count > 0 {
        guard let key = judge.products.key(of: UInt32(place)) else { continue }
        let product = key.product.lowercased()
        let edition = key.editionName.lowercased()
        if [product, "\(product) \(edition)"].contains(wanted) { sum += count }
      }
      return PlannedEntitlement(
        product: entitlement.product, owned: entitlement.owned, used: sum)
    }
  }

  /// The MAKs that planned hosts can go back to.
  func plannedMAKs(_ prospects: [KMSProspect]) -> [PlannedMAK] {
    var carried = [Int](repeating: 0, count: judge.terms.maks.count)
    for host in hosts where host.place == .migrate && host.mak != Assessment.nobody {
      carried[Int(host.mak)] += 1
    }
    return judge.terms.maks.enumerated().map { place, mak in
      PlannedMAK(
        endsWith: mak.endsWith, activationsLeft: mak.activationsLeft, hosts: carried[place],
        peak: prospects.map { $0.muster.peakByMAK[UInt16(place)] ?? 0 }.max() ?? 0)
    }
  }
}
