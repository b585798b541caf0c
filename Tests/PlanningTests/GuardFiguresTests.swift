import Planning
import Testing

struct GuardFiguresTests {
  @Test func `they say how many may fail`() {
    let figures = Guard(threshold: 25, count: 0, ready: 27).open(confidence: 0.99)
    #expect(figures.mayFail == 2)
    #expect(
      figures.description
        == "0 of 25 counted; 25 more needed, 27 ready: 2 of 27 may fail"
        + " (chance 0.991, 0.99 asked for)")
  }

  @Test func `they say that none may fail, and how many are missing`() {
    #expect(
      Guard(threshold: 25, count: 0, ready: 25).open(confidence: 0.99).description
        == "0 of 25 counted; 25 more needed, 25 ready: none of 25 may fail"
        + " (chance 0.7983, 0.99 asked for)")
    #expect(
      Guard(threshold: 25, count: 14, ready: 8).open(confidence: 0.99).description
        == "14 of 25 counted; 11 more needed, 8 ready: 3 too few")
  }

  @Test func `a chance that misses the level never looks like it`() {
    let figures = GuardFigures(
      threshold: 25, count: 0, ready: 27, counted: 0, failed: 0, exposed: 0,
      probability: 0.989_99, required: 0.99, passes: false)
    #expect(figures.description.contains("chance 0.9899, 0.99 asked for"))
  }

  @Test func `a count at its threshold needs no chance`() {
    #expect(
      Guard(threshold: 5, count: 7, ready: 0).open(confidence: 0.99).description
        == "7 of 5 counted")
  }
}
