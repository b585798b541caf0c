import Foundation
import SimulatedFleet
import Testing

@Suite(.serialized) struct WholeJobTests {
  @Test func `plan, show, simulate, apply, status, verify and rollback`() async throws {
    let office = try Office()
    defer { office.remove() }
    let muster = office.muster
    #expect(
      try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl", "--detailed-exitcode").code
        == 2)
    let shown = try await muster.run("show", "plan.jsonl")
    #expect(shown.code == 0)
    #expect(shown.output.contains("ws-[001-032].corp.example") || shown.output.contains("ws-["))
    #expect(try await muster.run("simulate", "plan.jsonl", "--seed", "7").code == 0)
    #expect(try await muster.run("status", "plan.jsonl").code == 1)

    let applied = try await muster.run("apply", "plan.jsonl", "--json")
    #expect(applied.code == 0, "\(applied.messages)")
    #expect(applied.output.contains(#""licensed" : 38"#), "\(applied.output)")
    #expect(try await muster.run("status", "plan.jsonl").output.contains("38 licensed"))
    #expect(try await muster.run("verify", "plan.jsonl", "--detailed-exitcode").code == 0)

    let back = try await muster.run("rollback", "plan.jsonl", "--all", "--json")
    #expect(back.code == 0, "\(back.messages)")
    #expect(back.output.contains(#""restored" : 38"#), "\(back.output)")
    let spent = try spending(office)
    #expect(spent.count == 38 && spent.values.allSatisfy { $0 == 1 })
    for file in office.files where file != "muster.yaml" {
      let bytes = try Data(contentsOf: office.folder.appending(path: file))
      #expect(bytes.range(of: Data(Office.mak.utf8)) == nil, "\(file)")
    }
  }

  @Test func `a second run is kept out, and commands reach the first`() async throws {
    let office = try Office(speed: 60, policy: "  approve: [1]")
    defer { office.remove() }
    let muster = office.muster
    #expect(try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    // The first wave waits for a person, so the run ends held; nobody is exposed.
    let held = try await muster.run("apply", "plan.jsonl")
    #expect(held.code == 12, "\(held.messages)")
    #expect(try await muster.run("approve", "plan.jsonl", "--wave", "1").code == 0)
    let run = try muster.start(["apply", "plan.jsonl"])
    while run.isRunning, !run.messages.contains("opened") { await Task.yield() }
    #expect(try await muster.run("apply", "plan.jsonl").code == 13)
    #expect(try await muster.run("hold", "plan.jsonl").output.contains("Done"))
    #expect(try await muster.run("status", "plan.jsonl").output.contains("a person asked"))
    #expect(try await muster.run("tune", "plan.jsonl", "--concurrency", "8").code == 0)
    #expect(try await muster.run("resume", "plan.jsonl").code == 0)
    run.send(SIGINT)
    let ending = await run.ending()
    #expect(ending.code == 130, "\(ending.messages)")
  }

  @Test func `a second Ctrl-C stops at once, and the next run finishes the job`() async throws {
    let office = try Office(speed: 600)
    defer { office.remove() }
    let muster = office.muster
    #expect(try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    let run = try muster.start(["apply", "plan.jsonl"])
    while run.isRunning, !run.messages.contains("opened") { await Task.yield() }
    run.send(SIGINT)
    run.send(SIGTERM)
    #expect(await run.ending().code == 130)
    #expect(try await muster.run("apply", "plan.jsonl").code == 0)
    #expect(try await muster.run("status", "plan.jsonl").output.contains("38 licensed"))
  }

  @Test func `killed at fifty random moments, every host gets there and back once`() async throws {
    let office = try Office(speed: 600)
    defer { office.remove() }
    let muster = office.muster
    #expect(try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    var chance = SystemRandomNumberGenerator()
    try await kill(25, ["apply", "plan.jsonl"], muster, &chance)
    let applied = try await muster.run("apply", "plan.jsonl", "--json")
    #expect(applied.code == 0, "\(applied.messages)")
    #expect(applied.output.contains(#""licensed" : 38"#), "\(applied.output)")
    #expect(try spending(office).isEmpty)

    try await kill(25, ["rollback", "plan.jsonl", "--all"], muster, &chance)
    let back = try await muster.run("rollback", "plan.jsonl", "--all", "--json")
    #expect([0, 1].contains(back.code), "\(back.messages)")
    let status = try await muster.run("status", "plan.jsonl")
    #expect(status.output.contains("38 restored"), "\(status.output) \(back.messages)")
    #expect(try spending(office).values.allSatisfy { $0 == 1 })
  }

  private func kill(
    _ times: Int, _ arguments: [String], _ muster: MusterProcess,
    _ chance: inout some RandomNumberGenerator
  ) async throws {
    for _ in 0..<times {
      let run = try muster.start(arguments)
      try await Task.sleep(for: .milliseconds(Int.random(in: 20...250, using: &chance)))
      run.send(SIGKILL)
      _ = await run.ending()
    }
  }

  /// How many MAK activations each host really took, as the activation service's ledger has it.
  private func spending(_ office: Office) throws -> [String: Int] {
    struct Missing: Error {}
    let fleet = try DurableFleet(
      path: office.folder.appending(path: "corp.fleet").path, speed: 600
    ) { throw Missing() }
    return try fleet.ledger().reduce(into: [:]) { spent, line in
      if line.spent != nil { spent["\(line.host)", default: 0] += 1 }
    }
  }
}
