import ArgumentParser
import Engine
import Execution
import Planning
import SQLiteJournal
import VolumeActivation

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say where a run stands; from any terminal, also while it runs.",
    discussion: discussion(
      """
      The first line is the one to read: it says whether exposed hosts are watched by nobody. \
      The journal is only read.
      """,
      examples: [
        "muster status hq.jsonl",
        "muster status hq.jsonl --hosts waiting --hosts stranded",
        "watch -n 5 muster status hq.jsonl",
      ], statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions

  @Option(
    name: .customLong("hosts"),
    help: ArgumentHelp(
      "Name the hosts in this phase, such as failed or waiting; may be repeated.",
      valueName: "phase"),
    completion: .list(Phase.words))
  var phases: [String] = []

  func validate() throws {
    for phase in phases where !Phase.words.contains(phase) {
      throw ValidationError(
        "“\(phase)” is no phase; there are \(Phase.words.joined(separator: ", ")).")
    }
  }

  func run() throws {
    let door = try RunDoor(plan.plan)
    if !phases.isEmpty {
      try list(door)
      return
    }
    let status = try door.status()
    if format.json {
      try Console.printJSON(status)
    } else {
      Console.print(RunStatusText(status: status, style: .output).text)
    }
  }

  private struct Listing: Encodable {
    var format = "muster-hosts/1"
    var hosts: [Row]

    struct Row: Encodable {
      var name: String
      var phase: String
      var step: String?
      var wave: Int

      /// One line, its parts at their places for `sort` and `cut`.
      var text: String {
        [name, "wave \(wave)", phase, step].compactMap(\.self).joined(separator: "  ")
      }
    }
  }

  private func list(_ door: RunDoor) throws {
    let contents = try JournalReader(files: door.files, plan: door.plan.digest).load()
    let rows = zip(door.plan.hosts, contents.hosts).compactMap { host, row -> Listing.Row? in
      guard phases.contains(row.phase.word) else { return nil }
      return Listing.Row(
        name: host.name.rawValue, phase: row.phase.word, step: row.phase.step?.word,
        wave: door.plan.waves[Int(host.wave.rawValue)].number)
    }
    if format.json {
      try Console.printJSON(Listing(hosts: rows))
    } else {
      for row in rows { Console.print(row.text) }
      if rows.isEmpty { Console.say("No host is \(phases.joined(separator: " or ")).") }
    }
  }
}
