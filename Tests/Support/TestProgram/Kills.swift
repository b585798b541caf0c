import Execution
import Foundation
import Randomness

/// A command that is killed with SIGKILL on its way, and said again until it has been obeyed.
package struct Kills {
  /// How often it is killed at most.
  package var count: Int
  /// How many events the journal grows by, about, when nobody is in the way.
  package var growth: Int64
  package var seed: UInt64

  package init(count: Int, growth: Int64, seed: UInt64) {
    self.count = count
    self.growth = growth
    self.seed = seed
  }

  /// Each time it is killed when the journal has come to a random place of its own share of
  /// `growth`, or further when it is past that already.
  ///
  /// - Returns: How it ended, and how many kills met a living process.
  package func meet(
    _ command: [String], of program: MusterProcess
  ) async throws -> (ending: MusterProcess.Ending, met: Int) {
    let view = try RunView(folder: program.folder)
    let start = await view.contents()?.lastSequence ?? 0
    let share = max(1, growth / Int64(max(1, count)))
    var chance = SplitMix64(seed: seed)
    for kill in 0..<count {
      let reached = await view.contents()?.lastSequence ?? 0
      let further = Int64.random(in: 1...share, using: &chance)
      let moment = max(start + Int64(kill) * share, reached) + further
      let running = try program.start(command)
      if try await running.runs(until: { await view.hasEvent(moment) }) { running.send(SIGKILL) }
      let ending = await running.ending()
      guard ending.wasKilled else { return (ending, kill) }
    }
    return (try await program.run(command), count)
  }
}
