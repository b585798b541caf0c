import Planning
import Randomness
import Testing
import VolumeActivation

/// The probability that a plan states, against every outcome of its hosts.
struct ProjectionTests {
  /// How old a record may be, and how likely its host is believed to answer.
  private let ages: [(days: Int, chance: Double)] = [
    (0, 0.99), (4, 0.97), (10, 0.95), (20, 0.90),
  ]

  /// Ages are reckoned from today, also where nobody was seen today.
  private func terms(countingFrom count: Int) throws -> PlanningTerms {
    var terms = try PlanningTests.terms(count: count)
    terms.asOf = today
    return terms
  }

  private func aged(_ row: FleetRow, _ random: inout SplitMix64) -> (row: FleetRow, chance: Double)
  {
    let age = ages[Int.random(in: 0..<ages.count, using: &random)]
    return (row.with(\.daysAgo, age.days), age.chance)
  }

  /// Every subset of the renewing and the mustering answers; the count is what a KMS host that may
  /// have remembered the renewing ones already guarantees.
  private func enumerated(
    renewing: [Double], mustering: [Double], count: Int, threshold: Int
  ) -> Double {
    let chances = renewing + mustering
    var sum = 0.0
    for outcome in 0..<(1 << chances.count) {
      var chance = 1.0
      for place in chances.indices {
        chance *= outcome >> place & 1 == 1 ? chances[place] : 1 - chances[place]
      }
      let renewed = (outcome & (1 << renewing.count - 1)).nonzeroBitCount
      let answered = (outcome >> renewing.count).nonzeroBitCount
      if max(count, renewed) + answered >= threshold { sum += chance }
    }
    return sum
  }

  @Test(arguments: UInt64(0)..<60)
  func `the projection of up to 12 hosts equals enumeration`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 0...4, using: &random)
    let renewing = (0..<Int.random(in: 0...4, using: &random)).map { number in
      aged(
        FleetRow.server("old-\(number)").with(\.cmid, UInt64(500 + number))
          .with(\.channel, .kmsClient).with(\.key, "VMK7H").with(\.kmsHost, "kms01.contoso.com"),
        &random)
    }
    let mustering = servers(Int.random(in: 5...8, using: &random)).map { aged($0, &random) }
    let plan = try plan((renewing + mustering).map(\.row), try terms(countingFrom: count))
    let musters = Set(
      plan.hosts.filter { plan.waves[Int($0.wave.rawValue)].kind == .muster }
        .map(\.name.rawValue))
    let asks = Set(plan.hosts.filter { $0.action == .ask }.map(\.name.rawValue))
    let projection = try #require(plan.header.kmsHosts[0].projections.first)
    #expect(projection.threshold == 5 && projection.counted == count)
    let exact = enumerated(
      renewing: renewing.filter { asks.contains($0.row.name) }.map(\.chance),
      // Where the renewals suffice nobody musters, and everybody may still add.
      mustering: mustering.filter { musters.isEmpty || musters.contains($0.row.name) }
        .map(\.chance),
      count: count, threshold: 5)
    #expect(abs(projection.probability - exact) < 1e-12, "\(projection)")
  }

  @Test(arguments: UInt64(1)...4)
  func `the projection of a larger fleet agrees with a Monte Carlo`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let fleet = clients(26).map { aged($0, &random) }
    let plan = try plan(fleet.map(\.row), try terms(countingFrom: Int(seed) - 1))
    let projection = try #require(plan.header.kmsHosts[0].projections.first)
    let musters = Set(
      plan.hosts.filter { plan.waves[Int($0.wave.rawValue)].kind == .muster }
        .map(\.name.rawValue))
    let chances = fleet.filter { musters.contains($0.row.name) }.map(\.chance)
    let runs = 40_000
    var reached = 0
    for _ in 0..<runs
    where projection.counted + chances.count(where: { random.happens($0) }) >= 25 {
      reached += 1
    }
    let exact = projection.probability
    let deviation = (exact * (1 - exact) / Double(runs)).squareRoot()
    #expect(abs(Double(reached) / Double(runs) - exact) < 5 * deviation + 1e-4)
  }
}
