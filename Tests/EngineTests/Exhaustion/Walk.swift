/// A state of a world that is explored completely.
protocol Explorable: Hashable, Sendable {
  associatedtype Move: Sendable

  /// Whether nothing needs to happen any more.
  var isAtRest: Bool { get }

  /// Everything that can happen next.
  ///
  /// - `found`: Takes what happens, of what sort that is, what it leads to and which promise it breaks.
  func successors(_ found: (Move, MoveSort, Self, String?) -> Void)
}

enum MoveSort: Sendable {
  /// What happens when nothing goes wrong; the passing of time is part of it.
  case progress
  case fault
  /// A person's word.
  case command
}

/// Breadth first through all states that can be reached.
///
/// A state is remembered by 128 bits of hash: among a hundred million states two would share one
/// with a chance of 10⁻²³. States where a promise is broken are not gone on from.
struct Walk<State: Explorable> {
  private(set) var states = 0
  private(set) var transitions = 0
  /// The shortest way to each broken promise.
  private(set) var broken: [String: [State.Move]] = [:]
  /// Whether the limit was met before everything was seen.
  private(set) var isCutOff = false
  /// The shortest way to a state from which no state at rest can be reached without further faults
  /// and commands; nil when there is none.
  private(set) var stuck: [State.Move]?
  /// How many such states there are.
  private(set) var stuckStates = 0

  private var known: [Key: UInt32] = [:]
  private var parents: [UInt32] = []
  private var moves: [State.Move?] = []
  private var atRest: [Bool] = []
  /// Transitions that are no fault and no command.
  private var edges: [(from: UInt32, to: UInt32)] = []

  private struct Key: Hashable {
    let high: Int
    let low: Int

    init(_ state: State) {
      var first = Hasher()
      first.combine(1)
      first.combine(state)
      var second = Hasher()
      second.combine(2)
      second.combine(state)
      (high, low) = (first.finalize(), second.finalize())
    }
  }

  /// - Parameters:
  ///   - limit: How many states are enough.
  ///   - stopsAtFirst: Whether one broken promise is enough.
  init(from start: State, limit: Int = .max, stopsAtFirst: Bool = false) {
    var level = [start]
    var first: UInt32 = 0
    add(start, parent: 0, move: nil)
    while !level.isEmpty, !isCutOff, !(stopsAtFirst && !broken.isEmpty) {
      var next: [State] = []
      let begin = UInt32(states)
      for (offset, state) in level.enumerated() {
        let from = first + UInt32(offset)
        state.successors { move, sort, after, promise in
          transitions += 1
          if let promise {
            if broken[promise] == nil { broken[promise] = way(to: from) + [move] }
            return
          }
          let key = Key(after)
          let to: UInt32
          if let seen = known[key] {
            to = seen
          } else {
            to = UInt32(states)
            add(after, key, parent: from, move: move)
            next.append(after)
          }
          switch sort {
          case .progress: if to != from { edges.append((from, to)) }
          case .fault, .command: break
          }
        }
        if states > limit {
          isCutOff = true
          break
        }
        if stopsAtFirst, !broken.isEmpty { break }
      }
      (level, first) = (next, begin)
    }
    if !isCutOff, broken.isEmpty { findStuck() }
    known = [:]
    edges = []
  }

  private mutating func add(_ state: State, parent: UInt32, move: State.Move?) {
    add(state, Key(state), parent: parent, move: move)
  }

  private mutating func add(_ state: State, _ key: Key, parent: UInt32, move: State.Move?) {
    known[key] = UInt32(states)
    states += 1
    parents.append(parent)
    moves.append(move)
    atRest.append(state.isAtRest)
  }

  private func way(to state: UInt32) -> [State.Move] {
    var way: [State.Move] = []
    var place = Int(state)
    while let move = moves[place] {
      way.append(move)
      place = Int(parents[place])
    }
    return way.reversed()
  }

  /// Goes back from all states at rest; what is not met is stuck.
  private mutating func findStuck() {
    var starts = Array(repeating: 0, count: states + 1)
    for edge in edges { starts[Int(edge.to) + 1] += 1 }
    for place in 0..<states { starts[place + 1] += starts[place] }
    var places = starts
    var before: [UInt32] = Array(repeating: 0, count: edges.count)
    for edge in edges {
      before[places[Int(edge.to)]] = edge.from
      places[Int(edge.to)] += 1
    }
    var reaches = atRest
    var open = reaches.indices.filter { reaches[$0] }
    while let place = open.popLast() {
      for from in before[starts[place]..<starts[place + 1]] where !reaches[Int(from)] {
        reaches[Int(from)] = true
        open.append(Int(from))
      }
    }
    stuckStates = reaches.count { !$0 }
    stuck = reaches.firstIndex(of: false).map { way(to: UInt32($0)) }
  }
}

extension Walk: CustomStringConvertible {
  var description: String {
    let breaches = broken.map { "\($0.key): \($0.value)" }.sorted()
    return "\(states) states, \(transitions) transitions\(isCutOff ? ", cut off" : ""), "
      + "\(stuckStates) stuck\(stuck.map { ": \($0)" } ?? "")"
      + breaches.map { "\n  \($0)" }.joined()
  }
}
