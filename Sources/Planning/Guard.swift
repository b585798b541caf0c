/// What refuses to change hosts until the count is projected to reach a threshold.
///
/// It is asked for one KMS host and one threshold, when a wave opens and after every answer. Of the
/// `ready` hosts one in a hundred is believed to be bad, and that belief is worth a hundred hosts:
/// what the run itself has seen, `counted` and `failed`, moves it. Some of the records that make up
/// the count may be forgotten meanwhile.
///
/// Source: PLANNING.md, section 2.5.
package struct Guard: Hashable, Sendable {
  package var threshold: Int
  /// The KMS host's count, confirmed.
  package var count: Int
  /// `r`: hosts inspected just now with every precondition met, not yet counted; those in flight
  /// and those that are tried again included.
  package var ready: Int
  /// `a`: counted in this run after a change; 0xC004F038 is counted too.
  package var counted = 0
  /// `f`: finally not counted in this run after a change, on a path that had answered.
  package var failed = 0
  /// `u`: records in the count that cannot be tied to a machine known to be alive.
  package var loose = 0
  /// `H`: how long until the threshold must be reached.
  package var hoursLeft = 0.0
  /// `e`: hosts exposed now.
  package var exposed = 0

  package init(threshold: Int, count: Int, ready: Int) {
    self.threshold = threshold
    self.count = count
    self.ready = ready
  }
}

extension Guard {
  /// `k`: how many are still needed; 0 or less lets everything pass.
  package var needed: Int { threshold - count }

  /// Whether a wave may open.
  package func open(confidence: Double) -> GuardFigures {
    let probability = probability
    return figures(
      probability, required: confidence, passes: needed <= 0 || probability >= confidence)
  }

  /// Whether a wave may go on.
  ///
  /// Stopping strands those exposed for certain; going on strands them and up to `needed` − 1 more
  /// if it fails, and nobody if it works. Never stricter than opening: what was good enough to
  /// begin is good enough to go on while there is next to nobody to lose.
  package func goOn(confidence: Double) -> GuardFigures {
    let probability = probability
    let further = Double(max(0, needed - 1))
    let level = exposed > 0 ? further / (Double(exposed) + further) : 1
    return figures(
      probability, required: min(confidence, level),
      passes: needed <= 0 || probability >= confidence || probability > level)
  }

  /// The least number of ready hosts with which the wave would open; nil when even 1,000 more
  /// would not do.
  package func readyToOpen(confidence: Double) -> Int? {
    guard needed > 0 else { return 0 }
    var trial = self
    for ready in needed...(needed + 1000) {
      trial.ready = ready
      if trial.probability >= confidence { return ready }
    }
    return nil
  }

  private func figures(_ probability: Double, required: Double, passes: Bool) -> GuardFigures {
    GuardFigures(
      threshold: threshold, count: count, ready: ready, counted: counted, failed: failed,
      exposed: exposed, loose: loose, hoursLeft: hoursLeft, probability: probability,
      required: required, passes: passes)
  }
}

extension Guard {
  /// P(X − D ≥ k) with X ~ BetaBinomial(r, 99 + a, 1 + f) and D ~ Binomial(u, H/720), exactly.
  ///
  /// The weights of X start at 1 near its mode and are divided by their sum at the end, so that
  /// nothing underflows however many hosts are ready.
  ///
  /// - Complexity: O(ready + loose).
  package var probability: Double {
    guard needed > 0 else { return 1 }
    guard ready >= needed else { return 0 }
    let alpha = Double(99 + counted)
    let beta = Double(1 + failed)
    let hosts = Double(ready)
    let ageing = Ageing(records: loose, hours: hoursLeft)
    var (passing, failing) = (0.0, 0.0)
    func add(_ weight: Double, _ x: Int) {
      let enough = ageing.chance(atMost: x - needed)
      passing += weight * enough
      failing += weight * (1 - enough)
    }
    let mode = min(ready, Int((hosts + 1) * (alpha - 1) / (alpha + beta - 2)))
    var weight = 1.0
    for x in mode..<ready {
      add(weight, x)
      let below = Double(x)
      weight *= (hosts - below) * (alpha + below) / ((below + 1) * (beta + hosts - below - 1))
    }
    add(weight, ready)
    weight = 1
    for x in stride(from: mode, to: 0, by: -1) {
      let above = Double(x)
      weight *= above * (beta + hosts - above) / ((hosts - above + 1) * (alpha + above - 1))
      add(weight, x - 1)
      // The weights fall from here on, so that all that is left is less than a rounding error.
      if weight * above < (passing + failing) * 0x1p-60 { break }
    }
    return passing / (passing + failing)
  }
}
