import ArgumentParser
import Engine
import Execution
import Planning
import SQLiteJournal
import VolumeActivation

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say where a run stands; from any terminal, also while it runs.",
    discussion: discussion(
      """
      The first line is the one to read: it says whether exposed hosts are watched by nobody. \
      The journal is only read.
      """,
      examples: [
        "muster status plans/hq.jsonl",
        "muster status plans/hq.jsonl --hosts waiting --hosts stranded",
        "watch -n 5 muster status plans/hq.jsonl",
      ], statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions

  @Option(
    name: .customLong("hosts"),
    help: ArgumentHelp(
      "Name the hosts in this phase, such as failed or waiting; may be repeated.",
      valueName: "phase"))
  var phases: [String] = []

  func run() async throws {
    let door = try RunDoor(plan.plan)
    if !phases.isEmpty {
      try await list(door)
      return
    }
    let status = try await door.status()
    if format.json {
      try Console.printJSON(status)
    } else {
      Console.print(RunStatusText(status: status, style: .output).text)
    }
  }

  private struct Listing: Encodable {
    var schema = "muster-hosts/1"
    var hosts: [Row]

    struct Row: Encodable {
      var name: String
      var phase: String
      var step: String?
      var wave: Int
    }
  }

  private func list(_ door: RunDoor) async throws {
    let contents = try await JournalReader(files: door.files, plan: door.plan.digest).load()
    let rows = zip(door.plan.hosts, contents.hosts).compactMap { host, row -> Listing.Row? in
      guard phases.contains(row.phase.word) else { return nil }
      return Listing.Row(
        name: host.name.rawValue, phase: row.phase.word, step: row.phase.step?.word,
        wave: door.plan.waves[Int(host.wave.rawValue)].number)
    }
    if format.json {
      try Console.printJSON(Listing(hosts: rows))
    } else {
      for row in rows {
        Console.print("\(row.name)  \(row.phase)\(row.step.map { " \($0)" } ?? "")")
      }
    }
  }
}
