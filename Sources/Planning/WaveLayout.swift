import VolumeActivation

/// The waves of a plan with their hosts: renewals, then musters, then the rollouts in turn.
struct WaveLayout {
  private(set) var waves: [Wave] = []
  /// Indices of `Survey.hosts` in the order they are begun.
  private(set) var order: [UInt32] = []

  init(_ prospects: [KMSProspect], of survey: Survey) {
    for (place, prospect) in prospects.enumerated() {
      append(.renewal, place, prospect.renewals.hosts[...], 0, survey)
    }
    for (place, prospect) in prospects.enumerated() {
      append(.muster, place, prospect.muster.hosts[...], prospect.muster.peakExposed, survey)
    }
    let rings = Rollout.rings(survey.judge.inventory)
    let rollouts = prospects.enumerated().map { place, prospect in
      let mustering = Set(prospect.muster.hosts)
      return Rollout(
        survey.shares[place].migrate.filter {
          survey.hosts[Int($0)].place == .migrate && !mustering.contains($0)
        }, of: survey, rings: rings)
    }
    for round in 0..<(rollouts.map(\.waves.count).max() ?? 0) {
      for (place, rollout) in rollouts.enumerated() where round < rollout.waves.count {
        append(.rollout, place, rollout.hosts[rollout.waves[round]], 0, survey)
      }
    }
  }

  private mutating func append(
    _ kind: WaveKind, _ kmsHost: Int, _ hosts: ArraySlice<UInt32>, _ peak: Int, _ survey: Survey
  ) {
    guard !hosts.isEmpty else { return }
    let number = waves.count + 1
    var isHere = [Bool](repeating: false, count: survey.judge.inventory.sites.count)
    for host in hosts { isHere[Int(survey.record(of: host).site.rawValue)] = true }
    let sites = survey.judge.inventory.sites.entries.filter { isHere[Int($0.symbol.rawValue)] }
    waves.append(
      Wave(
        number: number, kind: kind, kmsHost: KMSHostID(rawValue: UInt16(kmsHost)),
        hosts: hosts.count, peakExposed: peak,
        needsApproval: survey.judge.terms.policy.approve.contains(number),
        sites: sites.map(\.value)))
    order += hosts
  }

  /// Writes into each host where it stands, and leaves out the KMS clients that nobody asks.
  func settle(_ survey: inout Survey, _ prospects: [KMSProspect]) {
    var position = 0
    for (wave, size) in waves.map(\.hosts).enumerated() {
      for index in order[position..<position + size] {
        survey.hosts[Int(index)].wave = UInt16(wave)
      }
      position += size
    }
    for (prospect, share) in zip(prospects, survey.shares) {
      for index in prospect.muster.exposed {
        survey.hosts[Int(index)].traits.insert(.exposed)
      }
      let asked = Set(prospect.renewals.hosts)
      for index in share.renewal where !asked.contains(index) {
        survey.hosts[Int(index)] = survey.judge.refuse(
          survey.hosts[Int(index)], .alreadyKMSClient, variant: 1, Reason.renews)
      }
    }
  }
}
