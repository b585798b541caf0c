import FaultyDisk
import Testing

/// The machine dies after any operation of the disk, with whatever that leaves of what was not synced.
@Suite struct CrashTests {
  private static let losses: [DiskImage.Loss] =
    [.nothing, .everything]
    + (0..<UInt64(3 * DiskRecording.effort)).map(DiskImage.Loss.some)

  @Test func `what comes back after a crash is what was acknowledged, or the next step too`()
    async throws
  {
    let recording = try await DiskRecording()
    var image = DiskImage()
    var (points, images) = (0, 0)
    for (number, operation) in recording.log.enumerated() {
      image.apply(operation)
      guard operation.changesDisk else { continue }
      points += 1
      let allowed = recording.statesAllowed(after: number)
      for loss in Self.losses {
        images += 1
        let disk = try FaultyDisk(image.files(after: loss, point: number))
        defer { disk.remove() }
        try await Aftermath(recording: recording, disk: disk)
          .expect(allowed, "after operation \(number), \(operation.kind), losing \(loss)")
      }
    }
    print("disk: \(recording.log.count) operations, \(points) crash points, \(images) images")
    #expect(points >= 300 && images >= 1500)
  }
}
