import Execution
import FaultyDisk
import SQLiteJournal
import Testing

/// Every operation of the disk fails once, in each way in which it can.
@Suite struct DiskFaultTests {
  @Test(arguments: DiskFault.Kind.allCases)
  func `a disk that fails anywhere loses nothing that was acknowledged, and says what it is`(
    kind: DiskFault.Kind
  ) async throws {
    let recording = try await DiskRecording()
    let faults = recording.log.indices.map { DiskFault(kind, at: $0) }.filter {
      $0.canMeet(recording.log[$0.number])
    }
    var noticed = 0
    for fault in faults {
      let disk = try FaultyDisk(fault: fault)
      defer { disk.remove() }
      let run = await DiskRun(recording.script, on: disk)
      disk.mend()
      noticed += run.errors.isEmpty ? 0 : 1
      let operation = "\(fault) was \(recording.log[fault.number].kind)"
      for error in run.errors { expectPlainWords(error, of: kind, operation) }
      if kind == .full {
        #expect(run.errors.count <= 1, "\(operation)")
      }
      try await Aftermath(recording: recording, disk: disk)
        .expect(recording.statesAllowed(afterSteps: run.acknowledged.count), operation)
    }
    print("disk: \(faults.count) operations \(kind), \(noticed) of them noticed")
    #expect(noticed * 4 >= faults.count)
  }

  private func expectPlainWords(
    _ error: any Error, of kind: DiskFault.Kind, _ operation: String
  ) {
    guard !(error is JournalError), !(error is EstateError) else {
      let text = "\(error)"
      #expect(!text.contains("damaged"), "\(operation): \(text)")
      #expect(text.contains("no room is left") == (kind == .full), "\(operation): \(text)")
      return
    }
  }
}
