/// A set of small numbers in ascending order: insert, remove and first-from in constant time.
///
/// Its order does not depend on the order of insertion, so a queue made of it is the same after a
/// replay and after a restore. Three levels of bitmaps reach 262,144 × 64 members.
struct DenseSet: Sendable {
  private var levels: [[UInt64]]
  private(set) var count = 0

  init(capacity: Int) {
    levels = []
    var size = max(capacity, 1)
    repeat {
      size = (size + 63) / 64
      levels.append([UInt64](repeating: 0, count: size))
    } while size > 1
  }

  var isEmpty: Bool { count == 0 }

  func contains(_ member: Int) -> Bool {
    levels[0][member >> 6] & (1 << UInt64(member & 63)) != 0
  }

  /// Whether it was not a member before.
  @discardableResult
  mutating func insert(_ member: Int) -> Bool {
    guard !contains(member) else { return false }
    count += 1
    var position = member
    for level in levels.indices {
      let word = position >> 6
      let before = levels[level][word]
      levels[level][word] = before | (1 << UInt64(position & 63))
      if before != 0 { break }
      position = word
    }
    return true
  }

  /// Whether it was a member.
  @discardableResult
  mutating func remove(_ member: Int) -> Bool {
    guard contains(member) else { return false }
    count -= 1
    var position = member
    for level in levels.indices {
      let word = position >> 6
      levels[level][word] &= ~(1 << UInt64(position & 63))
      if levels[level][word] != 0 { break }
      position = word
    }
    return true
  }

  /// The least member that is `start` or more, and less than `end`; nil when there is none.
  func first(from start: Int = 0, below end: Int = .max) -> Int? {
    guard count > 0 else { return nil }
    var level = 0
    var position = start
    while level < levels.count {
      let word = position >> 6
      guard word < levels[level].count else { return nil }
      let rest = levels[level][word] & (~0 << UInt64(position & 63))
      if rest != 0 {
        var member = word << 6 | rest.trailingZeroBitCount
        while level > 0 {
          level -= 1
          member = member << 6 | levels[level][member].trailingZeroBitCount
        }
        return member < end ? member : nil
      }
      position = word + 1
      level += 1
    }
    return nil
  }
}
