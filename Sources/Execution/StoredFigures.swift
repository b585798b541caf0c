package import Planning

/// The figures of one decision of the guard, as journals keep them; the names of its properties are
/// the names on disk.
package struct StoredFigures: Hashable, Codable, Sendable {
  package var threshold: Int
  package var count: Int
  package var ready: Int
  package var counted: Int
  package var failed: Int
  package var exposed: Int
  package var loose: Int
  package var hoursLeft: Double
  package var probability: Double
  package var required: Double
  package var passes: Bool

  package init(_ figures: GuardFigures) {
    threshold = figures.threshold
    count = figures.count
    ready = figures.ready
    counted = figures.counted
    failed = figures.failed
    exposed = figures.exposed
    loose = figures.loose
    hoursLeft = figures.hoursLeft
    probability = figures.probability
    required = figures.required
    passes = figures.passes
  }

  package var figures: GuardFigures {
    GuardFigures(
      threshold: threshold, count: count, ready: ready, counted: counted, failed: failed,
      exposed: exposed, loose: loose, hoursLeft: hoursLeft, probability: probability,
      required: required, passes: passes)
  }
}
