import Foundation
import Planning
import Randomness
import Testing

struct GuardTests {
  /// P(X = x) for each x from the closed form, by logarithms of the gamma function.
  private func betaBinomial(_ hosts: Int, _ alpha: Double, _ beta: Double) -> [Double] {
    func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
    return (0...hosts).map { x in
      let (x, n) = (Double(x), Double(hosts))
      let ways = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)
      return exp(ways + logBeta(x + alpha, n - x + beta) - logBeta(alpha, beta))
    }
  }

  /// The same distribution by Pólya's urn: each host that answers makes the next one likelier.
  private func urn(_ hosts: Int, _ alpha: Double, _ beta: Double) -> [Double] {
    var chances = [1.0]
    for seen in 0..<hosts {
      let balls = alpha + beta + Double(seen)
      var next = [Double](repeating: 0, count: seen + 2)
      for (good, chance) in chances.enumerated() {
        next[good + 1] += chance * (alpha + Double(good)) / balls
        next[good] += chance * (beta + Double(seen - good)) / balls
      }
      chances = next
    }
    return chances
  }

  private func binomial(_ records: Int, _ share: Double) -> [Double] {
    (0...records).map { forgotten in
      let (d, u) = (Double(forgotten), Double(records))
      let ways = lgamma(u + 1) - lgamma(d + 1) - lgamma(u - d + 1)
      return exp(ways) * pow(share, d) * pow(1 - share, u - d)
    }
  }

  /// P(X − D ≥ k), every pair of outcomes summed.
  private func summed(_ state: Guard, _ distribution: (Int, Double, Double) -> [Double]) -> Double {
    let answers = distribution(state.ready, Double(99 + state.counted), Double(1 + state.failed))
    let forgotten = binomial(state.loose, state.hoursLeft / 720)
    var sum = 0.0
    for (x, chance) in answers.enumerated() {
      for (d, share) in forgotten.enumerated() where x - d >= state.needed { sum += chance * share }
    }
    return sum
  }

  private func anyGuard(_ random: inout SplitMix64) -> Guard {
    let threshold = Int.random(in: 1...25, using: &random)
    var state = Guard(
      threshold: threshold, count: Int.random(in: 0..<threshold, using: &random),
      ready: Int.random(in: 0...60, using: &random))
    state.counted = Int.random(in: 0...30, using: &random)
    state.failed = Int.random(in: 0...8, using: &random)
    state.loose = Bool.random(using: &random) ? 0 : Int.random(in: 0...25, using: &random)
    state.hoursLeft = Double.random(in: 0...720, using: &random)
    state.exposed = Int.random(in: 0...24, using: &random)
    return state
  }

  @Test(arguments: UInt64(0)..<300)
  func `its probability equals direct summation, by closed form and by urn`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let state = anyGuard(&random)
    #expect(abs(state.probability - summed(state, betaBinomial)) < 1e-11, "\(state)")
    #expect(abs(state.probability - summed(state, urn)) < 1e-11, "\(state)")
  }

  @Test func `thousands of ready hosts and hundreds of failures neither underflow nor drift`() {
    for (ready, failed) in [(5000, 0), (5000, 400), (20_000, 4000), (300, 100_000)] {
      var state = Guard(threshold: 25, count: 1, ready: ready)
      state.failed = failed
      #expect(abs(state.probability - summed(state, betaBinomial)) < 1e-7, "\(ready) \(failed)")
    }
  }

  @Test func `a fresh host opens with two of 27, one of 6, one of 11`() {
    // PLANNING.md, section 2.5.
    func least(_ needed: Int, _ confidence: Double) -> Int? {
      Guard(threshold: 25, count: 25 - needed, ready: 0).readyToOpen(confidence: confidence)
    }
    #expect([25, 5, 10].map { least($0, 0.99) } == [27, 6, 11])
    #expect([25, 5, 10].map { least($0, 0.999) } == [29, 7, 12])
    for (needed, ready) in [(25, 27), (5, 6), (10, 11)] {
      let count = 25 - needed
      #expect(Guard(threshold: 25, count: count, ready: ready).open(confidence: 0.99).passes)
      #expect(!Guard(threshold: 25, count: count, ready: ready - 1).open(confidence: 0.99).passes)
    }
  }

  @Test func `25 of 25 has four in five and opens only where the policy asks for no more`() {
    let all = Guard(threshold: 25, count: 0, ready: 25)
    #expect((all.probability * 100).rounded() == 80)
    #expect(!all.open(confidence: 0.99).passes)
    #expect(all.open(confidence: 0.79).passes)
  }

  @Test func `it goes on from the chance at which stopping would cost as much`() {
    var state = Guard(threshold: 25, count: 15, ready: 10)
    state.exposed = 15
    state.failed = 3
    let figures = state.goOn(confidence: 0.99)
    #expect(figures.required == 9.0 / 24)
    #expect(figures.passes)
    #expect(figures.probability < 0.99)
    state.exposed = 1
    #expect(state.goOn(confidence: 0.99).required == 0.9)
    #expect(!state.goOn(confidence: 0.99).passes)
  }

  @Test func `what was good enough to open is good enough to go on`() {
    // With nobody or next to nobody exposed, stopping would seem to cost nothing.
    let opening = Guard(threshold: 25, count: 0, ready: 27)
    #expect(opening.open(confidence: 0.99).passes)
    #expect(opening.goOn(confidence: 0.99).passes)
    var lowered = Guard(threshold: 25, count: 1, ready: 24)
    lowered.counted = 1
    lowered.exposed = 1
    #expect(lowered.goOn(confidence: 0.8).passes)
    #expect(!lowered.goOn(confidence: 0.99).passes)
  }

  @Test func `one still needed goes on while anybody is ready, and not without`() {
    var last = Guard(threshold: 25, count: 24, ready: 1)
    last.failed = 20
    last.exposed = 24
    #expect(last.goOn(confidence: 0.99).passes)
    last.ready = 0
    #expect(!last.goOn(confidence: 0.99).passes)
  }

  @Test func `nothing needed passes whatever else is true`() {
    for count in 25...50 {
      var state = Guard(threshold: 25, count: count, ready: 0)
      state.failed = 9
      state.exposed = 3
      #expect(state.open(confidence: 1).passes)
      #expect(state.goOn(confidence: 1).passes)
      #expect(state.probability == 1)
    }
  }

  @Test(arguments: UInt64(0)..<100)
  func `more ready hosts never lower it; failures and ageing never raise it`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let state = anyGuard(&random)
    let slack = 1e-12
    var other = state
    other.ready += 1
    #expect(other.probability >= state.probability - slack)
    other = state
    other.failed += 1
    #expect(other.probability <= state.probability + slack)
    other = state
    other.loose += 1
    #expect(other.probability <= state.probability + slack)
    other = state
    other.hoursLeft += 24
    #expect(other.probability <= state.probability + slack)
    other = state
    other.counted += 1
    #expect(other.probability >= state.probability - slack)
  }
}
