import VolumeActivation

extension Survey {
  /// What a person should read before approving, one sentence each.
  func warnings(
    _ prospects: [KMSProspect], shortfalls: [PlanRefusal.Shortfall],
    entitlements: [PlannedEntitlement], waves: [Wave]
  ) -> [String] {
    var warnings = shortfalls.map { "\($0.kmsHost), \($0.projection.kind)s: \($0)." }
    for entitlement in entitlements where entitlement.used > entitlement.owned {
      warnings.append(
        """
        \(entitlement.used) hosts would run \(entitlement.product) on KMS and \
        \(entitlement.owned) licences are owned: \(entitlement.used - entitlement.owned) too few.
        """)
    }
    for (place, prospect) in prospects.enumerated() {
      let declared = judge.terms.kmsHosts[place]
      if !judge.services.isCandidate(place) {
        warnings.append(
          """
          \(declared.address) serves no site of the inventory: compare its sites with the column site.
          """)
      }
      warnings += musterWarnings(declared, prospect) + updateWarnings(declared, shares[place])
    }
    warnings += windowWarnings(waves)
    return warnings + fleetWarnings()
  }

  private func musterWarnings(
    _ declared: DeclaredKMSHost, _ prospect: KMSProspect
  ) -> [String] {
    var warnings: [String] = []
    if declared.count == nil {
      warnings.append("The count of \(declared.address) is not known; 0 is assumed.")
    }
    if declared.hostKey == nil {
      warnings.append(
        """
        The host key of \(declared.address) is not known; what it covers is checked when it \
        answers.
        """)
    } else if declared.hostKey.flatMap({ HostKey(name: $0) }) == nil {
      warnings.append(
        """
        The host key of \(declared.address), \(declared.hostKey ?? ""), is not in Microsoft's \
        table; what it covers is not checked.
        """)
    }
    let confidence = judge.terms.policy.confidence
    for projection in prospect.projections where !prospect.muster.hosts.isEmpty {
      let count = prospect.renewals.count
      let ready = projection.counted + projection.canAdd - count
      let check = Guard(threshold: projection.threshold, count: count, ready: ready)
      guard ready >= check.needed, !check.open(confidence: confidence).passes,
        let enough = check.readyToOpen(confidence: confidence)
      else { continue }
      warnings.append(
        """
        \(declared.address), \(projection.kind)s: \(check.needed) of \(ready) hosts have to \
        answer, and the guard opens the wave with \(enough) ready ones or more.
        """)
    }
    return warnings
  }

  /// The updates that a KMS host of the inventory needs for what is planned on it.
  private func updateWarnings(_ declared: DeclaredKMSHost, _ share: KMSShare) -> [String] {
    guard let hostKey = declared.hostKey.flatMap({ HostKey(name: $0) }),
      let index = judge.inventory.index(of: declared.address.name)
    else { return [] }
    let machine = judge.inventory.hosts[index]
    guard let type = machine.productType, let version = machine.version,
      let build = machine.build,
      let system = KMSHostSystem(kind: type.kind, version: version, build: Int(build))
    else { return [] }
    let planned = share.migrate.lazy.map { hosts[Int($0)] }.filter { $0.place == .migrate }
    var products: [String: Set<String>] = [:]
    for place in Set(planned.map(\.product)) {
      guard let key = judge.products.key(of: place) else { continue }
      switch hostKey.covers(key, on: system) {
      case .coveredWithUpdate(let update): products[update, default: []].insert(key.product)
      case .covered, .needsHostKey, .notNamed: break
      }
    }
    return products.sorted { $0.key < $1.key }.map { update, names in
      """
      \(declared.address) runs \(system.rawValue) and needs \(update) or a later roll-up for \
      \(names.sorted().joined(separator: ", ")).
      """
    }
  }

  /// A muster must not be cut in two, by the window or by its own failure budget.
  private func windowWarnings(_ waves: [Wave]) -> [String] {
    var warnings: [String] = []
    let policy = judge.terms.policy
    for wave in waves where wave.kind == .muster {
      if policy.failureBudget.count(of: wave.hosts) == 0 {
        warnings.append(
          """
          Wave \(wave.number), a muster, has a failureBudget of 0 hosts: the first that fails \
          before anybody is exposed holds the run.
          """)
      }
      guard let window = policy.window else { continue }
      let length = (window.closes - window.opens + 1440) % 1440
      let needed = wave.hosts * Self.minutesPerHost
      if length > 0, length < needed {
        warnings.append(
          """
          The window is open for \(length) minutes and wave \(wave.number), a muster, may take \
          \(needed): it may still wait when the window closes.
          """)
      }
    }
    return warnings
  }

  /// How long a host of a muster wave takes when hosts go one after the other.
  private static let minutesPerHost = 2

  private func fleetWarnings() -> [String] {
    var warnings: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { warnings.append(count == 1 ? "1 \(one)." : "\(count) \(many).") }
    }
    let planned = hosts.lazy.filter { $0.place == .migrate }
    add(
      planned.count { $0.traits.contains(.sharesCMID) },
      "host shares a CMID with another and would not raise the count: rearm it",
      "hosts share a CMID with another and would not raise the count: rearm them")
    add(
      planned.count { $0.traits.contains(.isRemembered) },
      "host was counted by an earlier run in the last 30 days and would not raise the count",
      "hosts were counted by earlier runs in the last 30 days and would not raise the count")
    add(
      planned.count { $0.traits.contains(.irreversible) },
      "host has no way back to its MAK and goes last, as allowIrreversible says",
      "hosts have no way back to their MAK and go last, as allowIrreversible says")
    add(
      planned.count { $0.traits.contains(.markerUnknown) },
      "host runs Windows 7 and nobody said whether its BIOS has the volume marker: not counted upon",
      "hosts run Windows 7 and nobody said whether their BIOS has the volume marker: not counted upon"
    )
    add(
      planned.count { host in
        (try? judge.products.entries[Int(host.product)].choice.get())?.basis == .caption
      },
      "host has its key chosen by the caption alone, a last resort: check its edition",
      "hosts have their keys chosen by the caption alone, a last resort: check their editions")
    add(
      hosts.count { $0.verdict == .kmsHost && $0.place == .leftOut && isForeignKMSHost($0) },
      "machine carries a KMS host key and is not in the configuration",
      "machines carry a KMS host key and are not in the configuration")
    add(
      repeatedRecords, "record repeats another word for word and is taken once",
      "records repeat others word for word and are taken once")
    return warnings
  }

  private func isForeignKMSHost(_ host: Assessment) -> Bool {
    judge.reasons.texts[Int(host.reason)] == Reason.unknownKMSHost
  }
}
