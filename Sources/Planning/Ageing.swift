/// How many of a KMS host's records are forgotten in some hours.
///
/// Each lives 720 hours from an unknown moment on, so D ~ Binomial(records, hours/720).
package struct Ageing: Sendable {
  /// The chances that at most 0, 1, 2 … are forgotten; the last is 1.
  private let atMost: [Double]

  package init(records: Int, hours: Double) {
    let share = min(1, max(0, hours / 720))
    guard records > 0, share > 0 else {
      atMost = [1]
      return
    }
    // Starting at the likelier end, so that the first term does not underflow.
    let flipped = share > 0.5
    let odds = flipped ? (1 - share) / share : share / (1 - share)
    var term = 1.0
    for _ in 0..<records { term *= flipped ? share : 1 - share }
    var terms = [term]
    terms.reserveCapacity(records + 1)
    for n in 0..<records {
      term *= odds * Double(records - n) / Double(n + 1)
      terms.append(term)
    }
    if flipped { terms.reverse() }
    var sum = 0.0
    atMost =
      terms.dropLast().map { term in
        sum += term
        return min(1, sum)
      } + [1]
  }

  /// The chance that no more than `count` are forgotten; below 0 there is none.
  package func chance(atMost count: Int) -> Double {
    count < 0 ? 0 : atMost[min(count, atMost.count - 1)]
  }

  /// The chance that `count` or more are forgotten.
  package func chance(atLeast count: Int) -> Double {
    count <= 0 ? 1 : 1 - chance(atMost: count - 1)
  }
}
