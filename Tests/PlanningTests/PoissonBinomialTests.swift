import Planning
import Randomness
import Testing

struct PoissonBinomialTests {
  /// Sums over all outcomes of all hosts.
  private func enumerated(count: Int, chances: [Double]) -> Double {
    (0..<(1 << chances.count)).reduce(0) { sum, outcome in
      guard outcome.nonzeroBitCount >= count else { return sum }
      return sum
        + chances.indices.reduce(1.0) { product, host in
          product * (outcome >> host & 1 == 1 ? chances[host] : 1 - chances[host])
        }
    }
  }

  @Test(arguments: 0...12)
  func `the projection equals enumeration over all outcomes`(hosts: Int) {
    var random = SplitMix64(seed: UInt64(hosts))
    for _ in 0..<10 {
      let chances = (0..<hosts).map { _ -> Double in
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return 0
        case 1: return 1
        default: return Double.random(in: 0...1, using: &random)
        }
      }
      for count in -1...(hosts + 1) {
        let exact = chance(count: count, chances: chances)
        #expect(abs(exact - enumerated(count: count, chances: chances)) < 1e-13)
      }
    }
  }

  @Test(arguments: UInt64(1)...8)
  func `the projection agrees with a Monte Carlo`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let chances = (0..<Int.random(in: 25...60, using: &random)).map { _ in
      Double.random(in: 0.3...1, using: &random)
    }
    let runs = 40_000
    var tally = [Int](repeating: 0, count: chances.count + 1)
    for _ in 0..<runs { tally[chances.count { random.happens($0) }] += 1 }
    for count in 0...chances.count {
      let seen = Double(tally[count...].reduce(0, +)) / Double(runs)
      let exact = chance(count: count, chances: chances)
      let deviation = (exact * (1 - exact) / Double(runs)).squareRoot()
      #expect(abs(seen - exact) <= 5 * deviation + 1e-4)
    }
  }

  @Test func `the order of the hosts does not matter`() {
    var random = SplitMix64(seed: 3)
    let chances = (0..<40).map { _ in Double.random(in: 0...1, using: &random) }
    for _ in 0..<20 {
      let other = chance(count: 20, chances: chances.shuffled(using: &random))
      #expect(abs(other - chance(count: 20, chances: chances)) < 1e-13)
    }
  }

  @Test func `a tail far out keeps its relative precision`() {
    // 25 of 30, each with one chance in a million: C(30,25) · 10⁻¹⁵⁰ and next to nothing more.
    let tail = chance(count: 25, chances: Array(repeating: 1e-6, count: 30))
    #expect(abs(tail / 1.42506e-145 - 1) < 1e-5)
    #expect(chance(count: 1, chances: Array(repeating: 1e-18, count: 10)) > 0.99e-17)
  }

  @Test func `a fleet of a hundred thousand is certain and no more than certain`() {
    let chances = Array(repeating: 0.97, count: 100_000)
    #expect(chance(count: 25, chances: chances) == 1)
  }

  @Test func `thirty hosts at one in ten lost need thirty-five for three nines`() {
    // PLANNING.md, section 2.2.
    let figures = (25...30).map { hosts in
      (chance(count: 25, chances: Array(repeating: 0.9, count: hosts)) * 100).rounded()
    }
    #expect(figures == [7, 25, 48, 69, 84, 93])
    #expect(chance(count: 25, chances: Array(repeating: 0.9, count: 34)) < 0.999)
    #expect(chance(count: 25, chances: Array(repeating: 0.9, count: 35)) >= 0.999)
    #expect(chance(count: 25, chances: Array(repeating: 0.99, count: 30)) > 0.999999)
  }
}
