import Engine
import Execution
import Foundation
import Planning
import SQLiteJournal
import TestProgram
import Testing
import VolumeActivation

/// A run that goes on in one terminal while things are said in another.
@Suite(.serialized) struct TwoTerminalsTests {
  /// An office whose hours last a minute, so that a run is there for as long as it is talked to.
  private func slowOffice(speed: Int = 60, policy: String = "") async throws -> Office {
    let office = try Office(speed: speed, policy: policy)
    let planned = try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl")
    try #require(planned.code == 0, "\(planned.messages)")
    return office
  }

  /// Starts `apply` and returns once a host is exposed: then it stays, held or not.
  private func exposedRun(_ office: Office) async throws -> MusterProcess.Running {
    let run = try office.muster.start(["apply", "plan.jsonl"])
    let view = try RunView(folder: office.folder)
    let isExposed = try await run.runs {
      guard RunLock.holder(of: view.files.lock)?.process == run.processIdentifier else {
        return false
      }
      return await !view.exposed().isEmpty
    }
    try #require(isExposed, "\(run.messages)")
    return run
  }

  @Test func `every command reaches a run from another terminal`() async throws {
    let office = try await slowOffice(speed: 15, policy: "  approve: [2]")
    defer { office.remove() }
    let muster = office.muster
    let run = try await exposedRun(office)

    #expect(try await muster.run("hold", "plan.jsonl").output == "Done.\n")
    let held = try await muster.run("status", "plan.jsonl")
    #expect(held.output.contains("a person asked"), "\(held.output)")
    #expect(held.output.contains("run by process \(run.processIdentifier)"), "\(held.output)")
    #expect(try await muster.run("resume", "plan.jsonl").output == "Done.\n")
    let again = try await muster.run("resume", "plan.jsonl")
    #expect(again.code == 0 && again.messages.contains("No hold is open"))
    #expect(try await muster.run("tune", "plan.jsonl", "--concurrency", "8").output == "Done.\n")
    let last = try #require(try RunView(folder: office.folder).plan.hosts.last).name.rawValue
    #expect(try await muster.run("skip", "plan.jsonl", last).output == "Done.\n")
    let skipped = try await muster.run("status", "plan.jsonl", "--hosts", "skipped")
    #expect(skipped.output.contains(last), "\(skipped.output)")
    let back = try await muster.run("rollback", "plan.jsonl", "--host", last)
    #expect(back.code == 0, "\(back.everything)")
    // Last, since nobody of that wave can be skipped once it has begun.
    #expect(try await muster.run("approve", "plan.jsonl", "--wave", "2").output == "Done.\n")

    run.send(SIGINT)
    #expect(await run.ending().code == 130)
    let contents = try #require(try await RunView(folder: office.folder).contents())
    #expect(contents.run.holds.isEmpty)
    #expect(contents.run.waves[1].approved)
    #expect(contents.run.tuning.concurrency == 8)
  }

  @Test func `what nobody hears now is obeyed by the next run`() async throws {
    let office = try Office(policy: "  approve: [1]")
    defer { office.remove() }
    let muster = office.muster
    #expect(try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    #expect(try await muster.run("approve", "plan.jsonl", "--wave", "1").code == 1)
    // The first wave waits for a person, and nobody is exposed.
    let held = try await muster.run("apply", "plan.jsonl")
    #expect(held.code == 12, "\(held.messages)")
    let kept = try await muster.run("approve", "plan.jsonl", "--wave", "1")
    #expect(
      kept.code == 0 && kept.output.words.contains("as soon as `muster apply plan.jsonl` goes on"))
    let applied = try await muster.run("apply", "plan.jsonl")
    #expect(applied.code == 0, "\(applied.messages)")
    #expect(try await muster.run("status", "plan.jsonl").output.contains("38 licensed"))
  }

  @Test func `a second run is kept out, and is told by whom`() async throws {
    let office = try await slowOffice()
    defer { office.remove() }
    let run = try await exposedRun(office)
    for command in [["apply", "plan.jsonl"], ["apply", "plan.jsonl", "--adopt"]] {
      let second = try await office.muster.run(command)
      #expect(second.code == 13)
      #expect(second.messages.contains("plan.jsonl"), "\(second.messages)")
      #expect(second.messages.contains("process \(run.processIdentifier) of"))
      #expect(second.messages.contains("muster status"))
    }
    run.send(SIGKILL)
    #expect(await run.ending().wasKilled)
    // The lock died with its owner.
    let status = try await office.muster.run("status", "plan.jsonl")
    #expect(status.output.contains("nobody watches"), "\(status.output)")
    let next = try await exposedRun(office)
    next.send(SIGINT)
    #expect(await next.ending().code == 130)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `one signal drains, and names who is exposed until when`(signal: Int32) async throws {
    let office = try await slowOffice(speed: 10)
    defer { office.remove() }
    let run = try await exposedRun(office)
    run.send(signal)
    let ending = await run.ending()
    #expect(ending.code == 130, "\(ending.messages)")
    let exposed = try await RunView(folder: office.folder).exposed()
    #expect(!exposed.isEmpty)
    let start = try #require(ending.messages.range(of: "Nobody watches"))
    let said = String(ending.messages[start.lowerBound...]).words
    #expect(said.contains("\(exposed.count) exposed host"), "\(said) \(exposed)")
    #expect(said.contains("the first deadline is 20"), "\(said)")
    #expect(said.contains("`muster apply plan.jsonl`"), "\(said)")
    // The key that was being installed is in: it takes less than the half minute that draining may
    // take, so the next run has nothing to guess about.
    let contents = try #require(try await RunView(folder: office.folder).contents())
    #expect(contents.hosts.contains { $0.touched == .key })
    #expect(
      contents.hosts.allSatisfy { $0.phase != .unknown(.ipk) && $0.phase.word != "under-way" })
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a second signal stops at once, and the next run finishes the job`(
    signal: Int32
  ) async throws {
    let office = try await slowOffice()
    defer { office.remove() }
    let run = try await exposedRun(office)
    run.send(signal)
    run.send(SIGTERM)
    #expect(await run.ending().code == 130)
    try office.speedUp()
    let applied = try await office.muster.run("apply", "plan.jsonl")
    #expect(applied.code == 0, "\(applied.messages)")
    #expect(try await office.muster.run("status", "plan.jsonl").output.contains("38 licensed"))
    #expect(try await office.muster.run("journal", "check", "plan.jsonl").code == 0)
  }

  @Test func `the same rollback said again goes on with what is left`() async throws {
    let office = try Office(speed: 600)
    defer { office.remove() }
    let muster = office.muster
    #expect(try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    #expect(try await muster.run("apply", "plan.jsonl").code == 0)
    let rollback = ["rollback", "plan.jsonl", "--all"]
    let run = try muster.start(rollback)
    let view = try RunView(folder: office.folder)
    let isUnderWay = try await run.runs {
      await view.contents()?.hosts.contains { $0.phase == .restored } ?? false
    }
    try #require(isUnderWay)
    run.send(SIGKILL)
    _ = await run.ending()
    let again = try await muster.run(rollback)
    #expect([0, 11].contains(again.code), "\(again.messages)")
    let phases = try #require(await view.contents()).hosts.map(\.phase.word)
    #expect(phases.allSatisfy { ["restored", "stranded"].contains($0) }, "\(phases)")
    // Said once more when all is done, it changes nothing and is no error.
    #expect(try await muster.run(rollback).code == again.code)
    let spent = try FleetLedger.read(office.folder.appending(path: "corp.fleet").path)
      .filter(\.spent).map(\.host)
    #expect(Set(spent).count == spent.count, "an activation was spent twice")
  }
}
