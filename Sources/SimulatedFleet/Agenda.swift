import VolumeActivation

/// What a fleet will do by itself, by time: a heap.
///
/// Entries that are due at the same instant come in the order of what they are about, not of when
/// they were put in, so the order does not depend on scheduling. An entry that is no longer true
/// stays until it is due and is then passed over by whoever takes it.
struct Agenda: Sendable {
  struct Entry: Sendable {
    var at: Timestamp
    /// The kind in the upper bits, what it is about in the lower ones.
    var about: UInt64

    init(at: Timestamp, _ kind: Kind, _ index: Int) {
      self.at = at
      about = UInt64(kind.rawValue) << 48 | UInt64(index)
    }

    var kind: Kind? { Kind(rawValue: UInt8(truncatingIfNeeded: about >> 48)) }
    var index: Int { Int(about & 0xFFFF_FFFF_FFFF) }

    static func < (left: Entry, right: Entry) -> Bool {
      let (before, after) = (left.at.rawValue, right.at.rawValue)
      return before == after ? left.about < right.about : before < after
    }
  }

  enum Kind: UInt8, Sendable {
    /// A KMS host restarts.
    case restart
    /// An operation is executed on its host.
    case operation
    /// Somebody else changes a host's key.
    case thirdParty
    /// A host asks its KMS host by itself.
    case ownAsk
    /// A machine that is not of this fleet renews.
    case foreigner
    // What a run waits for.
    case answer
    case look
    case reading
    case person
  }

  private var heap: ContiguousArray<Entry> = []

  /// The instant of the next entry; nil when there is none.
  var next: Timestamp? { heap.first?.at }

  mutating func reserve(_ count: Int) {
    heap.reserveCapacity(count)
  }

  mutating func add(_ entry: Entry) {
    heap.append(entry)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard entry < heap[parent] else { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = entry
  }

  /// Takes the next entry that is due by `now`.
  mutating func take(by now: Timestamp) -> Entry? {
    guard let first = heap.first, first.at <= now, let last = heap.popLast() else { return nil }
    if !heap.isEmpty { sift(last) }
    return first
  }

  /// Puts an entry in its place, where the first one was taken from.
  private mutating func sift(_ entry: Entry) {
    // The buffer asks once, and not at each step, whether the heap is shared.
    heap.withUnsafeMutableBufferPointer { heap in
      var index = 0
      while true {
        var child = 2 * index + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
        guard heap[child] < entry else { break }
        heap[index] = heap[child]
        index = child
      }
      heap[index] = entry
    }
  }
}
