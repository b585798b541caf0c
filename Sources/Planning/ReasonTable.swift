/// The reasons that verdicts are given with: each text once, so that a host holds a number.
struct ReasonTable {
  private(set) var texts: [String] = []
  private var places: [String: UInt32] = [:]
  private var byFigures: [Figures: UInt32] = [:]

  /// What a reason is made from, where the text follows from it.
  private struct Figures: Hashable {
    var verdict: Verdict
    var first: UInt32
    var second: UInt32
  }

  /// The number of a text.
  mutating func place(of text: String) -> UInt32 {
    if let known = places[text] { return known }
    let place = UInt32(texts.count)
    texts.append(text)
    places[text] = place
    return place
  }

  /// The number of the text that follows from a verdict and two figures; it is made once.
  mutating func place(
    _ verdict: Verdict, _ first: UInt32 = 0, _ second: UInt32 = 0, text: () -> String
  ) -> UInt32 {
    let figures = Figures(verdict: verdict, first: first, second: second)
    if let known = byFigures[figures] { return known }
    let place = place(of: text())
    byFigures[figures] = place
    return place
  }
}
