/// A set of small numbers in ascending order: insert, remove and first-from in constant time.
///
/// Its order does not depend on the order of insertion, so a queue made of it is the same after a
/// replay and after a restore. Each level is a bitmap of the words of the one below that are not
/// empty; three of them reach 262,144 members, and each further one 64 times as many.
struct DenseSet: Sendable {
  /// All levels, the members' own first: one storage, so that a change asks once whether it is
  /// shared.
  private var words: [UInt64]
  /// How many words the members' own level has.
  private let width: Int
  private(set) var count = 0

  init(capacity: Int) {
    width = Self.words(for: max(capacity, 1))
    var size = width
    var total = width
    while size > 1 {
      size = Self.words(for: size)
      total += size
    }
    words = Array(repeating: 0, count: total)
  }

  private static func words(for bits: Int) -> Int { (bits + 63) >> 6 }

  var isEmpty: Bool { count == 0 }

  func contains(_ member: Int) -> Bool {
    words[member >> 6] & (1 << UInt64(member & 63)) != 0
  }

  /// Whether it was not a member before.
  @discardableResult
  mutating func insert(_ member: Int) -> Bool {
    guard !contains(member) else { return false }
    count += 1
    var (base, size, position) = (0, width, member)
    while true {
      let place = base + position >> 6
      let before = words[place]
      words[place] = before | 1 << UInt64(position & 63)
      guard before == 0, size > 1 else { return true }
      position >>= 6
      base += size
      size = Self.words(for: size)
    }
  }

  /// Whether it was a member.
  @discardableResult
  mutating func remove(_ member: Int) -> Bool {
    guard contains(member) else { return false }
    count -= 1
    var (base, size, position) = (0, width, member)
    while true {
      let place = base + position >> 6
      let rest = words[place] & ~(1 << UInt64(position & 63))
      words[place] = rest
      guard rest == 0, size > 1 else { return true }
      position >>= 6
      base += size
      size = Self.words(for: size)
    }
  }

  mutating func removeAll() {
    guard count > 0 else { return }
    count = 0
    for place in words.indices { words[place] = 0 }
  }

  /// The least member that is `start` or more, and less than `end`; nil when there is none.
  func first(from start: Int = 0, below end: Int = .max) -> Int? {
    guard count > 0 else { return nil }
    var (base, size, position) = (0, width, start)
    while true {
      let word = position >> 6
      guard word < size else { return nil }
      let rest = words[base + word] & (~0 << UInt64(position & 63))
      if rest != 0 {
        let member = descend(from: word << 6 | rest.trailingZeroBitCount, at: base)
        return member < end ? member : nil
      }
      guard size > 1 else { return nil }
      position = word + 1
      base += size
      size = Self.words(for: size)
    }
  }

  /// The least member below a place of a level, which begins at `base`.
  private func descend(from place: Int, at base: Int) -> Int {
    guard base > 0 else { return place }
    // The levels below begin at the partial sums of their sizes.
    var (below, size) = (0, width)
    while below + size < base {
      below += size
      size = Self.words(for: size)
    }
    let word = words[below + place]
    return descend(from: place << 6 | word.trailingZeroBitCount, at: below)
  }
}
