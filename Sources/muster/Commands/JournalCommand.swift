import ArgumentParser
import Execution
import Planning
import SQLiteJournal
import VolumeActivation

/// What can be done with a plan's journal itself.
struct JournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "Look after the journal of a plan.",
    subcommands: [JournalCheckCommand.self])
}

struct JournalCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Play a journal again and compare what comes of it with what it holds.",
    discussion: discussion(
      "Every decision has to be the one that the engine makes of the events before it, and every "
        + "host's row what the events make of it. The journal is only read; its run may go on.",
      examples: ["muster journal check hq.jsonl"], statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions

  /// What `--json` prints.
  private struct Report: Encodable {
    var schema = "muster-journal-check/1"
    var journal: String
    var events: Int64
    var hosts: Int
  }

  func run() async throws {
    let door = try RunDoor(plan.plan)
    let file = door.files.journal
    let check: JournalCheck
    do {
      check = try await JournalCheck(
        of: JournalReader(files: door.files, plan: door.plan.digest), plan: door.plan)
    } catch let error as StoredEventError {
      throw JournalError(.damaged("\(error)"), file: file)
    }
    if let finding = finding(check, of: door.plan) {
      throw JournalError(.damaged(finding), file: file)
    }
    let report = Report(journal: file, events: check.events, hosts: door.plan.hosts.count)
    if format.json {
      try Console.printJSON(report)
    } else {
      Console.print(
        "\(file): sound. Its \(counted(Int(report.events), "event")), played again, make the same "
          + "decisions and the rows of its \(counted(report.hosts, "host")).")
    }
  }

  /// What is wrong, as a clause; nil when nothing is.
  private func finding(_ check: JournalCheck, of plan: Plan) -> String? {
    if let event = check.strayDecision {
      return "event \(event) is a decision that does not follow from the events before it"
    }
    if !check.differing.isEmpty {
      let names = HostRanges(check.differing.map { plan.hosts[Int($0.rawValue)].name.rawValue })
      return
        "the rows of \(names.line(width: Paragraph.width)) are not what its events make of them"
    }
    return check.runAgrees ? nil : "the run's state is not what its events make of it"
  }
}
