import Engine
import Randomness
import Testing
import VolumeActivation

/// Whether what the normal form leaves out decides anything.
@Suite struct NormalFormTests {
  /// A run that is never brought to its normal form, beside one that is after each move: all that can
  /// happen next is the same to both.
  ///
  /// But for looks: a run that is taken up from its rows asks at once for those that have gone stale,
  /// one that goes on asks for them when they are needed. So the walk meets all that a run does, and
  /// what runs do that start anew.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a state and its normal form have the same successors`(seed: UInt64) {
    let setting = SmallFleet.Setting(
      FleetExhaustionTests.sketch(), thresholds: Thresholds(client: 6, server: 2), foreign: 4,
      alphabet: SmallFleet.Alphabet(rawValue: .max))
    var chance = SplitMix64(seed: seed)
    var state = SmallFleet(setting)
    var live = SmallScene(state)
    var way: [SmallMove] = []
    for _ in 0..<60 {
      var moves: [SmallMove] = []
      live.forEachMove { move, _ in moves.append(move) }
      var expected: [SmallMove] = []
      let normal = SmallScene(state)
      normal.forEachMove { move, _ in expected.append(move) }
      guard Set(moves).isSubset(of: expected) else {
        Issue.record("\(moves) and \(expected) from\n\(state)")
        return
      }
      for move in moves {
        var (one, other) = (live, normal)
        one.make(move)
        other.make(move)
        let first = SmallFleet(one)
        var second = SmallFleet(other)
        #expect(first.world.looking & ~second.world.looking == 0)
        second.world.looking = first.world.looking
        guard first == second else {
          Issue.record("\(way) and \(move) make\n\(first.difference(from: second))")
          return
        }
      }
      guard !moves.isEmpty else { return }
      way.append(moves[Int(chance.next() % UInt64(moves.count))])
      live.make(way[way.count - 1])
      state = SmallFleet(live)
      live.now = live.now + Untimed.step
    }
  }
}

extension SmallFleet {
  /// What differs, in words.
  fileprivate func difference(from other: SmallFleet) -> String {
    var lines: [String] = []
    for (one, another) in zip(hosts, other.hosts) where one != another {
      lines.append("\(one)\n  other: \(another)")
    }
    if run != other.run { lines.append("\(run)\n  other: \(other.run)") }
    if world != other.world { lines.append("\(world)\n  other: \(other.world)") }
    return lines.joined(separator: "\n")
  }
}
