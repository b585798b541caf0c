/// The figures of one decision of the guard.
package struct GuardFigures: Hashable, Sendable {
  package var threshold: Int
  package var count: Int
  /// `r`: hosts ready to be counted.
  package var ready: Int
  /// `a`: counted in this run after a change.
  package var counted: Int
  /// `f`: finally not counted in this run after a change.
  package var failed: Int
  /// `e`: exposed now.
  package var exposed: Int
  /// `u`: records of the count that may be forgotten before the threshold is reached.
  package var loose: Int
  /// `H`: how long until it must be reached.
  package var hoursLeft: Double
  package var probability: Double
  /// The probability it would take.
  package var required: Double
  package var passes: Bool

  package init(
    threshold: Int, count: Int, ready: Int, counted: Int, failed: Int, exposed: Int,
    loose: Int = 0, hoursLeft: Double = 0, probability: Double, required: Double, passes: Bool
  ) {
    self.threshold = threshold
    self.count = count
    self.ready = ready
    self.counted = counted
    self.failed = failed
    self.exposed = exposed
    self.loose = loose
    self.hoursLeft = hoursLeft
    self.probability = probability
    self.required = required
    self.passes = passes
  }
}

extension GuardFigures {
  /// How many are still needed; never below 0.
  package var needed: Int { max(0, threshold - count) }

  /// How many of the ready hosts may fail; nil when there are not even enough.
  package var mayFail: Int? { ready >= needed ? ready - needed : nil }
}

extension GuardFigures: CustomStringConvertible {
  /// For people, such as `0 of 25 counted; 25 more needed, 27 ready: 2 of 27 may fail (chance 0.9912,
  /// 0.99 asked for)`.
  package var description: String {
    guard needed > 0 else { return "\(count) of \(threshold) counted" }
    let situation = "\(count) of \(threshold) counted; \(needed) more needed, \(ready) ready"
    guard let mayFail else { return "\(situation): \(needed - ready) too few" }
    let spare = mayFail == 0 ? "none" : "\(mayFail)"
    return "\(situation): \(spare) of \(ready) may fail"
      + " (chance \(Self.text(probability)), \(Self.text(required)) asked for)"
  }

  /// Four digits, rounded down, so that a chance never looks like the level that it misses.
  private static func text(_ probability: Double) -> String {
    let tenThousandths = Int((probability * 10_000 + 1e-6).rounded(.down))
    guard tenThousandths < 10_000 else { return "1" }
    var digits = String(tenThousandths + 10_000).dropFirst()
    while digits.count > 2, digits.last == "0" { digits.removeLast() }
    return "0." + digits
  }
}
