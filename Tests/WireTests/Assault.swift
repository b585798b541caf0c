import ChildProcess
import Engine
import Execution
import Foundation
import Randomness
import TestProgram
import Testing

/// One command of the branch's office, and what befalls its process at a random moment.
struct Assault {
  let violence: Violence
  let company: ServedCompany
  let calm: CalmRun
  let command: [String]
  /// The event at which it happens.
  let moment: Int64
  var chance: SplitMix64

  /// - Returns: Whether it met a living process.
  mutating func happen() async throws -> Bool {
    switch violence {
    case .killed: return try await signal([SIGKILL], ends: SIGKILL)
    case .terminated: return try await signal([SIGTERM], ends: 130)
    case .interrupted: return try await signal([SIGINT], ends: 130)
    case .interruptedTwice: return try await signal([SIGINT, SIGINT], ends: 130)
    case .hungUp: return try await signal([SIGHUP], ends: 130)
    case .frozen: return try await freeze()
    case .terminalClosed: return try await closeTerminal()
    case .outOfMemory: return try await starve()
    case .clockSetForward: return try await setClock("+1d")
    case .rivalled: return try await rival()
    case .planReplaced: return try await replacePlan()
    }
  }

  private func reach(_ run: MusterProcess.Running) async throws -> Bool {
    let view = try RunView(folder: company.folder)
    return try await run.runs { await view.hasEvent(moment) }
  }

  /// Expects that it ended so, or by itself before anything came of the violence.
  private func expect(
    _ ending: MusterProcess.Ending, code: Int32,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      [0, code].contains(ending.code), "\(violence) at \(moment): \(ending.everything)",
      sourceLocation: sourceLocation)
  }

  private func signal(_ signals: [Int32], ends code: Int32) async throws -> Bool {
    let run = try company.muster.start(command)
    let isMet = try await reach(run)
    if isMet { for signal in signals { run.send(signal) } }
    expect(await run.ending(), code: code)
    return isMet
  }

  /// Stops it for longer than a call may take.
  private func freeze() async throws -> Bool {
    let run = try company.muster.start(command)
    let isMet = try await reach(run)
    if isMet {
      run.send(SIGSTOP)
      try await Task.sleep(for: .milliseconds(5200))
      run.send(SIGCONT)
    }
    expect(await run.ending(), code: 0)
    return isMet
  }

  private func closeTerminal() async throws -> Bool {
    let terminal = try Terminal()
    let run = try company.muster.start(command, in: terminal)
    let view = try RunView(folder: company.folder)
    let isMet = try await run.runs {
      _ = terminal.read()
      return await view.hasEvent(moment)
    }
    try terminal.close()
    expect(await run.ending(), code: 130)
    return isMet
  }

  /// Gives it too little memory, or nearly: it ends at whatever it asked for, in whatever way.
  ///
  /// Where it waits for memory instead, somebody ends it.
  private mutating func starve() async throws -> Bool {
    let limit = Int.random(in: 140_000...300_000, using: &chance)
    let run = try company.muster.start(
      command, through: ["/bin/sh", "-c", "ulimit -v \(limit); exec \"$0\" \"$@\""])
    var looks = 0
    _ = try await run.runs {
      looks += 1
      return looks > 2000
    }
    run.send(SIGKILL)
    let ending = await run.ending()
    #expect(ending.wasKilled || [0, 1, 12, 127].contains(ending.code), "\(ending.everything)")
    return ending.code != 0
  }

  /// Sets its wall clock, which holds the run until a person has seen it.
  private func setClock(_ offset: String) async throws -> Bool {
    try company.write("clock", "+0")
    var muster = company.muster
    muster.environment.merge([
      "LD_PRELOAD": "/usr/$LIB/faketime/libfaketimeMT.so.1", "FAKETIME_NO_CACHE": "1",
      "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
      "FAKETIME_TIMESTAMP_FILE": company.folder.appending(path: "clock").path,
    ]) { $1 }
    // The library makes room for a variable of its own, after which a Swift program would not find
    // its arguments; so that happens in another program.
    let run = try muster.start(command, through: ["/usr/bin/env"])
    let isMet = try await reach(run)
    try Data(offset.utf8).write(to: company.folder.appending(path: "clock"), options: .atomic)
    let view = try RunView(folder: company.folder)
    let isHeld = try await run.runs { await view.contents()?.run.holds.isEmpty == false }
    let resumed = try await company.muster.run(["resume", "plan.jsonl"])
    #expect(resumed.code == 0, "\(resumed.everything)")
    let ending = await run.ending()
    expect(ending, code: 12)
    if isHeld || ending.code == 12 {
      #expect(ending.messages.words.contains("the wall clock jumped"), "\(ending.messages)")
    }
    return isMet
  }

  /// Somebody says the same at the same time.
  private func rival() async throws -> Bool {
    let run = try company.muster.start(command)
    let isMet = moment % 4 == 0 ? true : try await reach(run)
    let other = try await company.muster.run(["apply", "plan.jsonl"])
    let ending = await run.ending()
    // At the very beginning either may be the first.
    #expect([0, 13].contains(ending.code) && [0, 13].contains(other.code))
    #expect(ending.code == 0 || other.code == 0, "\(ending.everything)\(other.everything)")
    for second in [ending, other] where second.code == 13 {
      #expect(second.messages.contains("another run holds the journal: process"))
    }
    return isMet && (ending.code == 13 || other.code == 13)
  }

  /// Puts another plan in the place of the one that is carried out.
  private func replacePlan() async throws -> Bool {
    let run = try company.muster.start(command)
    let isMet = try await reach(run)
    try company.write("plan.jsonl", bytes: calm.otherPlan)
    if moment % 2 == 0 { run.send(SIGTERM) }
    expect(await run.ending(), code: 130)
    let refused = try await company.run(["apply", "plan.jsonl"], ends: 14)
    #expect(refused.messages.words.contains("the journal is of the plan with digest"))
    try company.write("plan.jsonl", bytes: calm.plan)
    return isMet
  }
}
