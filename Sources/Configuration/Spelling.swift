/// A word as somebody wrote it, to find the one that was meant.
struct Spelling {
  private let letters: [Character]

  init(_ word: String) {
    letters = Self.letters(of: word)
  }

  /// The known word that it is most likely meant to be; nil when none is near.
  func nearest(among known: [String]) -> String? {
    let near = known.map { (word: $0, distance: distance(to: Self.letters(of: $0))) }
      .min { $0.distance < $1.distance }
    guard let near, near.distance <= letters.count / 2 else { return nil }
    return near.word
  }

  /// Case, hyphens and spaces do not make another word.
  private static func letters(of word: String) -> [Character] {
    word.lowercased().filter { $0.isLetter || $0.isNumber }.map(\.self)
  }

  /// How many letters have to be put in, left out or exchanged (Levenshtein).
  private func distance(to other: [Character]) -> Int {
    var previous = Array(0...other.count)
    for (place, letter) in letters.enumerated() {
      var current = [place + 1]
      for (column, wanted) in other.enumerated() {
        let exchanged = previous[column] + (letter == wanted ? 0 : 1)
        current.append(min(exchanged, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[other.count]
  }
}
