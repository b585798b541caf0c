import VolumeActivation

/// What planning expects of one KMS host: whom it asks, how far the count comes, what is refused.
struct KMSProspect {
  var renewals: Renewals
  var muster: Muster
  /// One for each threshold in play, clients first.
  var projections: [Projection] = []
  /// Those of them that are out of reach even if every host answers.
  var outOfReach: [Projection] = []

  /// - `draft`: Plans what the guard refuses too.
  init(_ kmsHost: Int, of survey: Survey, draft: Bool) {
    let share = survey.shares[kmsHost]
    let kinds = Set(share.migrate.lazy.map { survey.hosts[Int($0)].kind })
    let threshold = (kinds.contains(.client) ? ProductKind.client : .server).threshold
    let declared = survey.judge.terms.kmsHosts[kmsHost].count ?? 0
    renewals = Renewals(share, of: survey, count: declared, threshold: threshold)
    let pool = share.migrate.filter {
      survey.hosts[Int($0)].traits.isSuperset(of: [.mayMuster, .raisesCount])
    }
    let servers = pool.filter { survey.hosts[Int($0)].kind == .server }
    let count = renewals.count
    let reaches = { (hosts: [UInt32], kind: ProductKind) in
      count + hosts.count >= kind.threshold
    }
    let clientsPass = kinds.contains(.client) && reaches(pool, .client)
    let serversPass = kinds.contains(.server) && reaches(clientsPass ? pool : servers, .server)
    let scope: MusterScope
    if draft || clientsPass || !kinds.contains(.client) && serversPass {
      scope = .everybody
    } else {
      scope = serversPass ? .serversAlone : .nobody
    }
    let target = (scope == .serversAlone ? ProductKind.server : .client).threshold
    muster = Muster(
      scope: scope, pool: scope == .serversAlone ? servers : pool, renewals: renewals,
      threshold: min(threshold, target), survey: survey, ignoringLimits: draft)
    for kind in [ProductKind.client, .server] where kinds.contains(kind) {
      // Servers muster without clients then, and a draft shows what the guard refused.
      let alone = kind == .server && !clientsPass
      let adding = alone ? servers : pool
      let asked =
        muster.hosts.isEmpty || alone && draft ? Array(adding.prefix(64)) : muster.hosts
      let projection = Projection(
        kind: kind, threshold: kind.threshold, counted: declared,
        canAdd: renewals.count - declared + adding.count,
        probability: probability(kind.threshold, declared, asked, survey))
      projections.append(projection)
      if kind == .client ? !clientsPass : !serversPass { outOfReach.append(projection) }
    }
  }

  /// The chance that the renewals and the hosts asked bring the count to a threshold, exactly.
  ///
  /// The renewals guarantee the greater of the count and how many of them answer, as far as the
  /// KMS host remembers; the hosts of the muster wave come on top.
  private func probability(
    _ threshold: Int, _ declared: Int, _ asked: [UInt32], _ survey: Survey
  ) -> Double {
    let chances = asked.map(survey.chance)
    let renewing = renewals.hosts.filter { !survey.hosts[Int($0)].traits.contains(.sharesCMID) }
      .prefix(renewals.memory).map(survey.chance)
    var sum = 0.0
    var atLeast = 1.0
    for answered in 0...renewing.count {
      let more = chance(count: answered + 1, chances: renewing)
      let count = max(declared, answered)
      sum += max(0, atLeast - more) * chance(count: threshold - count, chances: chances)
      atLeast = more
    }
    return min(1, sum)
  }
}
