import FaultyDisk
import Foundation
import Testing

/// A script that was performed on a sound disk, and the state after each of its steps.
struct DiskRecording: Sendable {
  /// How many times as much is tried as usual; `make soak` raises it.
  static let effort = ProcessInfo.processInfo.environment["MUSTER_SOAK"].flatMap(Int.init) ?? 1

  let script: DiskScript
  let log: [DiskOperation]
  private let run: DiskRun
  /// What the databases hold after so many steps.
  private let states: [DiskState]

  init(batches: Int = 12 * effort) async throws {
    let place = try TemporaryJournal(of: "0.1.0")
    defer { place.remove() }
    script = DiskScript(try RecordedJournal(place, batches: batches))
    let disk = try FaultyDisk()
    defer { disk.remove() }
    run = await DiskRun(script, on: disk)
    log = disk.log
    try #require(run.acknowledged.count == script.steps.count, "\(run.errors)")
    // Read from images, so that nobody disturbs the run.
    var states: [DiskState] = []
    var image = DiskImage()
    for (number, operation) in log.enumerated() {
      while states.count <= run.steps(at: number), states.count <= script.steps.count {
        states.append(try Self.state(of: image))
      }
      image.apply(operation)
    }
    self.states = states
  }

  /// What may be found when the disk stops after so many operations: all that was acknowledged, and
  /// nothing or all of what was under way.
  func statesAllowed(after operations: Int) -> ArraySlice<DiskState> {
    statesAllowed(afterSteps: run.steps(at: operations))
  }

  func statesAllowed(afterSteps count: Int) -> ArraySlice<DiskState> {
    states[count...min(count + 1, states.count - 1)]
  }

  private static func state(of image: DiskImage) throws -> DiskState {
    let disk = try FaultyDisk(image.files(after: .nothing))
    defer { disk.remove() }
    return try DiskState(in: disk.folder)
  }
}
